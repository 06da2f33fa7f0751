// SPDX-License-Identifier: MIT
// The deepest the native stack can get: gcc's call graph with the frame of each function, calls through pointers resolved by their type.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Wamr.Nano.Tool.Build;

namespace Wamr.Nano.Tool.Measure;

/// <summary>A path from a function down: bytes of all frames on it, and the functions.</summary>
internal sealed record StackPath(uint Bytes, IReadOnlyList<string> Functions);

internal sealed partial class CallGraph
{
    /// <summary>
    /// The assumed stack of a function in the compiler's library, for which there are no figures: more than its largest takes.
    /// </summary>
    private const uint LibraryFrame = 96;

    private const string Indirect = "__indirect_call";

    private readonly Dictionary<string, uint> _frames = [];
    private readonly Dictionary<string, HashSet<string>> _callees = [];
    private readonly PointerCalls _pointers;

    /// <param name="build">A firmware whose objects are made.</param>
    internal CallGraph(FirmwareBuild build)
    {
        _pointers = new(File.ReadAllLines(build.Translated));
        foreach (string file in Directory.EnumerateFiles(build.ObjectFolder, "*.ci")) Read(File.ReadAllLines(file));
    }

    /// <summary>Calls that lead back to a function that is still open; the path there is left out of the figures.</summary>
    internal HashSet<string> Cycles { get; } = [];

    /// <summary>
    /// The deepest path from a function of this name, as gcc may have changed it (<c>.constprop.0</c>, on Xtensa with $); null if it was
    /// inlined.
    /// </summary>
    /// <param name="function">Name in C.</param>
    /// <param name="checkpoints">Functions that look how much of the stack is left: a path that leads into one ends with its frame.</param>
    internal StackPath? Deepest(string function, IReadOnlySet<string> checkpoints)
    {
        Dictionary<string, StackPath> known = [];
        HashSet<string> open = [];
        return _frames.Keys.Where(name => Plain(name) == function).Select(Descend).MaxBy(path => path.Bytes);

        StackPath Descend(string name)
        {
            if (known.TryGetValue(name, out StackPath? path)) return path;
            if (!_frames.TryGetValue(name, out uint frame)) return new(LibraryFrame, [name]);
            StackPath below = new(0, []);
            open.Add(name);
            foreach (string callee in _callees.GetValueOrDefault(name) ?? [])
            {
                if (checkpoints.Contains(Plain(callee))) Take(new(_frames[callee], [callee]));
                else if (open.Contains(callee)) Cycles.Add($"{name} -> {callee}");
                else Take(Descend(callee));
            }
            open.Remove(name);
            return known[name] = new(frame + below.Bytes, [name, .. below.Functions]);

            void Take(StackPath deeper) => below = deeper.Bytes > below.Bytes ? deeper : below;
        }

        static string Plain(string name) => name.Split('.', '$')[0];
    }

    private void Read(string[] lines)
    {
        foreach (string line in lines)
        {
            if (Node().Match(line) is { Success: true } node)
                _frames[NameOf(node.Groups[1].Value)] = uint.Parse(node.Groups[2].Value, CultureInfo.InvariantCulture);
            else if (Edge().Match(line) is { Success: true } edge)
            {
                string caller = NameOf(edge.Groups[1].Value), callee = NameOf(edge.Groups[2].Value);
                if (!_callees.TryGetValue(caller, out HashSet<string>? callees)) _callees[caller] = callees = [];
                if (callee != Indirect) callees.Add(callee);
                else callees.UnionWith(_pointers.Targets(edge.Groups[3].Value));
            }
        }
    }

    /// <summary>Static functions are titled with their file.</summary>
    private static string NameOf(string title) => title[(title.LastIndexOf(':') + 1)..];

    [GeneratedRegex("""^node: \{ title: "([^"]+)" label: ".*\\n(\d+) bytes""")]
    private static partial Regex Node();

    [GeneratedRegex("""^edge: \{ sourcename: "([^"]+)" targetname: "([^"]+)"(?: label: "([^"]+):\d+")?""")]
    private static partial Regex Edge();
}

/// <summary>The functions that a call through a pointer may reach: those whose address is taken and whose type is the pointer's.</summary>
internal sealed partial class PointerCalls
{
    /// <summary>Functions whose address is taken, by the name of their pointer type.</summary>
    private readonly Dictionary<string, HashSet<string>> _byType = [];

    /// <summary>Pointer types of fields, and of the parameters and variables of each function, by name.</summary>
    private readonly Dictionary<string, HashSet<string>> _pointers = [];

    /// <summary>
    /// Lines of C, and the C function each is in, by where the compiler says they come from, as file:line. Lines of several functions may
    /// come from one: numbers go on counting until the next mark.
    /// </summary>
    private readonly Dictionary<string, List<(string Function, string Text)>> _code = [];

    /// <param name="c">Lines of the C file.</param>
    internal PointerCalls(string[] c)
    {
        Dictionary<string, string> typeOf = [], shapes = [];
        string file = "", function = "";
        int number = 0;
        foreach (string line in c)
        {
            if (LineMark().Match(line) is { Success: true } mark)
            {
                number = int.Parse(mark.Groups[1].Value, CultureInfo.InvariantCulture);
                if (mark.Groups[2].Success) file = mark.Groups[2].Value;
                continue;
            }
            string at = $"{file}:{number++}";
            if (PointerType().Match(line) is { Success: true } type)
                typeOf[Shape(type.Groups[1].Value, type.Groups[3].Value)] = type.Groups[2].Value;
            else if (Head().Match(line) is { Success: true } head)
            {
                function = head.Groups[4].Length == 0 ? head.Groups[2].Value : "";
                shapes[head.Groups[2].Value] =
                    Shape(head.Groups[1].Value, string.Join(",", head.Groups[3].Value.Split(',').Select(TypeOfParameter)));
            }
            else if (line == "}") function = "";
            else
            {
                if (!_code.TryGetValue(at, out var lines)) _code[at] = lines = [];
                lines.Add((function, line));
            }
            foreach (Match pointer in Pointer().Matches(line))
                Add(_pointers, Scoped(function, pointer.Groups[2].Value), pointer.Groups[1].Value);
        }
        foreach (Match name in _code.Values.SelectMany(lines => lines).SelectMany(code => TakenName().Matches(code.Text)))
            if (shapes.TryGetValue(name.Value, out string? shape) && typeOf.TryGetValue(shape, out string? type))
                Add(_byType, type, name.Value);
    }

    /// <param name="line">The C# line of the call, as file:line.</param>
    internal IEnumerable<string> Targets(string line)
    {
        string[] types = [.. (_code.GetValueOrDefault(line) ?? []).SelectMany(code =>
            CalledName().Matches(code.Text).SelectMany(call => TypesOf(code.Function, call.Groups[1].Value))
                .Concat(CastName().Matches(code.Text).Select(cast => cast.Groups[1].Value)))];
        // If the line does not determine a call, the call may reach any of them.
        IEnumerable<HashSet<string>> targets = types.Length != 0 ? types.Select(type => _byType.GetValueOrDefault(type) ?? [])
            : _byType.Values;
        return targets.SelectMany(functions => functions);
    }

    /// <summary>The types of a variable of the function or, otherwise, of a field with that name.</summary>
    private HashSet<string> TypesOf(string function, string name) =>
        _pointers.GetValueOrDefault(Scoped(function, name)) ?? _pointers.GetValueOrDefault(Scoped("", name)) ?? [];

    private static string Scoped(string function, string name) => function + "/" + name;

    private static string Shape(string result, string parameters) =>
        (result + "(" + parameters + ")").Replace(" ", "", StringComparison.Ordinal);

    /// <summary><c>ExecEnv *env</c> to <c>ExecEnv *</c>.</summary>
    private static string TypeOfParameter(string parameter) =>
        Regex.Replace(parameter.Trim(), @"\b\w+$", "") is { Length: > 0 } type ? type : parameter;

    private static void Add(Dictionary<string, HashSet<string>> to, string key, string value)
    {
        if (!to.TryGetValue(key, out HashSet<string>? values)) to[key] = values = [];
        values.Add(value);
    }

    [GeneratedRegex(@"^typedef (.+?)\(\*(fn_\w+)\)\((.*)\);")]
    private static partial Regex PointerType();

    [GeneratedRegex(@"\b(fn_\w+) (\w+)\s*[;,)=]")]
    private static partial Regex Pointer();

    [GeneratedRegex(@"^(?! )(?:static |IL_INLINE |IL_NOINLINE )*([\w ]+?[ *]+)(\w+)\((.*)\)(;?)$")]
    private static partial Regex Head();

    [GeneratedRegex("""^#line (\d+)(?: "(.*)")?$""")]
    private static partial Regex LineMark();

    /// <summary>A name that is neither called nor a member of something.</summary>
    [GeneratedRegex(@"(?<![\w>.])[A-Z]\w*_\w+\b(?!\s*\()")]
    private static partial Regex TakenName();

    [GeneratedRegex(@"(\w+)\(")]
    private static partial Regex CalledName();

    /// <summary>A type that something is cast to in order to call it.</summary>
    [GeneratedRegex(@"\(\((fn_\w+)\)")]
    private static partial Regex CastName();
}
