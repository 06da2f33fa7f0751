// SPDX-License-Identifier: MIT
// The table of layers in docs/DESIGN.md, checked against the compiled core and the using lines of its files.
using Wamr.Nano.Tests.TestKit;
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Wamr.Nano.Tests.Freestanding;

public partial class LayersTests
{
    private const string Core = "Wamr.Nano.Core";

    private const BindingFlags Declared =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Fact]
    public void No_layer_uses_one_that_the_table_does_not_give_it()
    {
        HashSet<(string, string)> table = [.. LayerTable.Read().SelectMany(layer => layer.Uses.Select(to => (layer.Name, to)))];
        IEnumerable<string> arrows = Arrows().Where(a => !table.Contains((a.From, a.To))).Select(a => $"{a.From} uses {a.To} in {a.Where}");
        Assert.Empty(arrows.Distinct().Order());
    }

    [Fact]
    public void The_table_gives_no_layer_one_that_it_does_not_use()
    {
        HashSet<(string, string)> used = [.. Arrows().Select(a => (a.From, a.To))];
        // The scan sees the core: a namespace that was renamed must not make this class pass.
        Assert.Contains(("Load", "Wasm"), used);
        Assert.Equal([], LayerTable.Read().SelectMany(layer => layer.Uses.Select(to => (layer.Name, to))).Except(used));
    }

    [Fact]
    public void A_layer_uses_only_layers_above_it_in_the_table()
    {
        List<string> seen = [];
        foreach (Layer layer in LayerTable.Read())
        {
            Assert.Empty(layer.Uses.Except(seen).Select(to => $"{layer.Name} uses {to}, which stands further down"));
            seen.Add(layer.Name);
        }
        Assert.Equal(Folders().Order(), seen.Order());
    }

    /// <summary>Folders that are layers: those of the core, and each engine beside what both have in common.</summary>
    private static IEnumerable<string> Folders()
    {
        foreach (string folder in Directory.GetDirectories(CoreFolder).Select(f => Path.GetFileName(f)))
        {
            yield return folder;
            if (folder != "Engine") continue;
            foreach (string engine in Directory.GetDirectories(Path.Combine(CoreFolder, folder)))
                yield return "Engine/" + Path.GetFileName(engine);
        }
    }

    private static string CoreFolder => Repository.PathOf("Wamr.Nano/Core");

    private static IEnumerable<(string From, string To, string Where)> Arrows() =>
        InCode().Concat(InUsings()).Where(a => a.From != "" && a.To != "" && a.From != a.To);

    /// <summary>The layer of a namespace; empty for what every layer may use: limits, errors, settings.</summary>
    private static string LayerOf(string? name)
    {
        if (name?.StartsWith(Core + ".", StringComparison.Ordinal) != true) return "";
        string[] parts = name[(Core.Length + 1)..].Split('.');
        return parts[0] == "Engine" && parts.Length > 1 ? $"Engine/{parts[1]}" : parts[0];
    }

    private static IEnumerable<(string From, string To, string Where)> InCode() =>
        from type in typeof(Core.WasmError).Assembly.GetTypes()
        where type.Namespace?.StartsWith(Core, StringComparison.Ordinal) == true
        from used in Used(type)
        select (LayerOf(type.Namespace), LayerOf(used.Namespace), type.Name);

    private static IEnumerable<Type> Used(Type type) =>
        type.GetFields(Declared).Select(f => f.FieldType)
            .Concat(type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)).SelectMany(Used))
            .SelectMany(Parts);

    private static IEnumerable<Type> Used(MethodBase method)
    {
        if (method is MethodInfo { ReturnType: Type result }) yield return result;
        foreach (ParameterInfo parameter in method.GetParameters()) yield return parameter.ParameterType;
        MethodBody? body = method.GetMethodBody();
        if (body == null) yield break;
        foreach (LocalVariableInfo local in body.LocalVariables) yield return local.LocalType;
        byte[] il = body.GetILAsByteArray()!;
        Type[]? ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        foreach (IlInstruction instruction in IlInstruction.All(il).Where(i => i.NamesMember))
        {
            MemberInfo member = method.Module.ResolveMember(BitConverter.ToInt32(il, instruction.Operand), ofType, ofMethod)!;
            yield return member as Type ?? member.DeclaringType!;
        }
    }

    /// <summary>The types a type is made of: what a pointer points to, what a function pointer takes and gives.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        if (type.IsFunctionPointer)
            return type.GetFunctionPointerParameterTypes().Append(type.GetFunctionPointerReturnType()).SelectMany(Parts);
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type) : [type];
    }

    /// <summary>Constants of another layer leave no trace in compiled code, but need a using line.</summary>
    private static IEnumerable<(string From, string To, string Where)> InUsings() =>
        from path in Directory.EnumerateFiles(CoreFolder, "*.cs", SearchOption.AllDirectories)
        let text = File.ReadAllText(path)
        let layer = LayerOf(NamespaceLine().Match(text).Groups[1].Value)
        from Match line in UsingLine().Matches(text)
        select (layer, LayerOf(line.Groups[1].Value), Path.GetFileName(path));

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using (?:static )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex UsingLine();
}
