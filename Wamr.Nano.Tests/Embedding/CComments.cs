// SPDX-License-Identifier: MIT
// XML documentation as comments of C, with the names that the header has.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Wamr.Nano.Tests.TestKit.Embedding;

namespace Wamr.Nano.Tests.Embedding;

internal sealed partial class CComments
{
    private const int Width = 120;
    private readonly Dictionary<string, XElement> _members = [];
    private readonly Dictionary<string, string> _names = [];

    internal CComments(IEnumerable<Assembly> assemblies)
    {
        foreach (string file in assemblies.Select(assembly => Path.ChangeExtension(assembly.Location, ".xml")))
            foreach (XElement member in XDocument.Load(file).Descendants("member")) _members[member.Attribute("name")!.Value] = member;
        foreach (Type api in CNames.Api)
            foreach (MethodInfo function in CNames.Functions(api))
                _names[$"M:{api.FullName}.{function.Name}"] = CNames.EntryPoint(function)!;
    }

    /// <summary>The comment of a type or member; empty where it has none.</summary>
    /// <param name="id">As in the documentation file, such as
    /// <c>T:Wamr.Nano.Core.WasmError</c>; of a method without its parameters.</param>
    /// <param name="indent">Spaces before each line.</param>
    internal string Of(string id, int indent = 0)
    {
        XElement? member = _members.GetValueOrDefault(id)
            ?? _members.FirstOrDefault(m => m.Key.StartsWith(id + "(", StringComparison.Ordinal)).Value;
        if (member == null) return "";
        List<string> lines = [.. Wrap(Text(member.Element("summary")), Width - indent - 6)];
        foreach (XElement parameter in member.Elements("param"))
            lines.AddRange(Wrap($"{CNames.Snake(parameter.Attribute("name")!.Value)}: {Text(parameter)}", Width - indent - 6));
        if (member.Element("returns") is XElement returns) lines.AddRange(Wrap("Returns " + LowerFirst(Text(returns)), Width - indent - 6));
        string margin = new(' ', indent);
        return lines.Count == 1 ? $"{margin}/* {lines[0]} */\n"
            : $"{margin}/*\n{string.Concat(lines.Select(line => $"{margin} * {line}\n"))}{margin} */\n";
    }

    /// <summary>Errors are written as in the header, whatever the sentence begins with.</summary>
    private static string LowerFirst(string text) =>
        text.StartsWith(CNames.Prefix, StringComparison.OrdinalIgnoreCase) ? text : char.ToLowerInvariant(text[0]) + text[1..];

    private string Text(XElement? element)
    {
        if (element == null) return "";
        StringBuilder text = new();
        foreach (XNode node in element.Nodes())
        {
            text.Append(node switch
            {
                XElement { Name.LocalName: "see" or "paramref" } link =>
                    Name(link.Attribute("cref")?.Value ?? link.Attribute("name")!.Value),
                XElement other => Text(other),
                _ => node.ToString(),
            });
        }
        string plain = System.Net.WebUtility.HtmlDecode(Space().Replace(text.ToString(), " ").Trim());
        return ErrorWord().Replace(plain, word => Errors.Contains(word.Value) ? CNames.Prefix.ToUpperInvariant() + word.Value : word.Value);
    }

    private string Name(string reference)
    {
        string id = reference.Split('(')[0], last = id[(id.LastIndexOf('.') + 1)..];
        if (_names.TryGetValue(id, out string? function)) return function;
        Assembly core = typeof(WasmError).Assembly;
        Type? type = core.GetType(id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        if (type != null) return CNames.Of(type);
        if (Values.TryGetValue(id[2..], out string? value)) return value;
        Type? owner = id.LastIndexOf('.') is int dot and > 1 ? core.GetType(id[2..dot]) : null;
        if (CoreFunctions.TryGetValue($"{owner?.Name}.{last}", out function)) return function;
        return owner switch
        {
            { IsEnum: true } => CNames.Constant(owner, last),
            { IsValueType: true } => CNames.Snake(last),
            _ => CNames.Snake(last),
        };
    }

    /// <summary>Constants that comments of the core name, and the header does not.</summary>
    private static readonly Dictionary<string, string> Values = new()
    {
        [typeof(ErrorInfo).FullName + ".Unknown"] = $"0x{ErrorInfo.Unknown:x}",
        [typeof(Config).FullName + ".DefaultStackBytes"] = $"{Config.DefaultStackBytes}",
        [typeof(Config).FullName + ".MaxDirectParams"] = $"{Config.MaxDirectParams}",
    };

    /// <summary>What comments of the core call by its own name.</summary>
    private static readonly Dictionary<string, string> CoreFunctions = new()
    {
        ["Instances.Free"] = "wamr_nano_instance_free",
        ["Instances.Create"] = "wamr_nano_instance_create",
        ["Allocator.Alloc"] = "wamr_nano_allocate",
        ["AppMemory.Alloc"] = "wamr_nano_app_malloc",
    };

    private static readonly HashSet<string> Errors = [.. Enum.GetNames<WasmError>().Select(name => CNames.Snake(name).ToUpperInvariant())];

    private static IEnumerable<string> Wrap(string text, int width)
    {
        StringBuilder line = new();
        foreach (string word in text.Split(' '))
        {
            if (line.Length != 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }
            if (line.Length != 0) line.Append(' ');
            line.Append(word);
        }
        if (line.Length != 0) yield return line.ToString();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"\b[A-Z][A-Z0-9_]{3,}\b")]
    private static partial Regex ErrorWord();
}
