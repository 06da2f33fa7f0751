// SPDX-License-Identifier: MIT
// A script of the suite: the JSON that wast2json writes, one command a line of the .wast file.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Wamr.Nano.Tests.TestKit.Spec;

/// <summary>What is done to an instance: a function called, or a global read.</summary>
/// <param name="Module">Name of the instance, or null for the latest one.</param>
internal sealed record SpecAction(bool Invoke, string? Module, string Field, SpecValue[] Arguments);

/// <summary>One command. Which members hold something follows from <see cref="Type"/>.</summary>
internal sealed class SpecCommand(JsonElement json)
{
    public string Type { get; } = Text(json, "type")!;

    public int Line { get; } = json.GetProperty("line").GetInt32();

    /// <summary>Name given to a module, or of the instance to register; null for the latest one.</summary>
    public string? Name => Text(json, "name");

    /// <summary>Module name that imports find a registered instance by.</summary>
    public string As => Text(json, "as")!;

    /// <summary>Failure to expect, in the words of the suite.</summary>
    public string Failure => Text(json, "text")!;

    /// <summary>File of the module, beside the script.</summary>
    public string FileName => Text(json, "filename")!;

    /// <summary>Whether the module is loaded and validated, but not instantiated.</summary>
    public bool DefinitionOnly => json.TryGetProperty("definition", out _);

    /// <summary>Whether the command tests a parser of the text format, which this project has none of.</summary>
    public bool IsAboutText => Text(json, "module_type") == "text";

    public SpecAction Action
    {
        get
        {
            JsonElement action = json.GetProperty("action");
            SpecValue[] arguments = action.TryGetProperty("args", out JsonElement args) ? [.. args.EnumerateArray().Select(Value)] : [];
            return new(Text(action, "type") == "invoke", Text(action, "module"), Text(action, "field")!, arguments);
        }
    }

    public SpecPattern[] Expected => [.. json.GetProperty("expected").EnumerateArray().Select(Pattern)];

    private static SpecValue Value(JsonElement value)
    {
        Core.Wasm.ValType type = SpecText.Type(Text(value, "type")!);
        return new(type, SpecText.Bits(type, Text(value, "value")!));
    }

    private static SpecPattern Pattern(JsonElement value) => new(SpecText.Type(Text(value, "type")!), Text(value, "value"));

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}

/// <summary>A script and its folder.</summary>
internal static class SpecFile
{
    /// <summary>Names of all scripts below the folder of the suite, such as <c>proposals/threads/memory</c>.</summary>
    public static IEnumerable<string> Names(string suite) =>
        Directory.EnumerateFiles(suite, "*.json", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(suite, Path.GetDirectoryName(file)!).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    public static IReadOnlyList<SpecCommand> Commands(string folder)
    {
        string file = Path.Combine(folder, Path.GetFileName(folder) + ".json");
        JsonElement root = JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;
        return [.. root.GetProperty("commands").EnumerateArray().Select(command => new SpecCommand(command))];
    }
}
