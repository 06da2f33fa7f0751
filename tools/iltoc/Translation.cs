// SPDX-License-Identifier: MIT
// From roots to everything reachable: methods are translated as they are found, then the whole is checked.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata.Ecma335;

namespace Wamr.Nano.IlToC;

/// <summary>
/// What to translate: the assembly, methods beside its exports (<c>Type.Method</c>, <c>Type.*</c>), the folder to which source names are
/// relative.
/// </summary>
internal sealed record TranslationOptions(string Assembly)
{
    internal IReadOnlyList<string> Roots { get; init; } = [];
    internal string? SourceRoot { get; init; }
    internal bool Lines { get; init; } = true;

    /// <summary>Whether exported methods are roots.</summary>
    internal bool Exports { get; init; } = true;
}

internal sealed record TranslationResult(string Source, Func<string, string> Header);

internal sealed class Translation
{
    private readonly AssemblyModel model;
    private readonly List<Refusal> refusals = [];
    private readonly Dictionary<Method, Function> functions = [];
    private readonly HashSet<Method> imports = [];
    private readonly Queue<Method> pending = [];
    private readonly HashSet<Method> seen = [];

    private Translation(AssemblyModel model) => this.model = model;

    /// <summary>Functions in the order of the metadata, which is that of the source files.</summary>
    internal IReadOnlyList<Function> Functions { get; private set; } = [];
    internal IReadOnlyList<Method> Imports { get; private set; } = [];
    internal IReadOnlyList<ConstantData> Data { get; private set; } = [];

    /// <exception cref="TranslationException">Something is outside the subset; all refusals found are listed.</exception>
    internal static TranslationResult Run(TranslationOptions options)
    {
        using var model = new AssemblyModel(options.Assembly, options.SourceRoot);
        var translation = new Translation(model);
        translation.Find(options);
        var file = new CFile(model, translation, options.Lines);
        string source;
        try
        {
            source = file.Source();
        }
        catch (RefusedException e)
        {
            throw new TranslationException([new Refusal(e.Rule, e.Message, model.FileName, SourcePoint.Unknown)]);
        }
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        string header = file.Header("\0");
        return new TranslationResult(source, guard => header.Replace("\0", guard, StringComparison.Ordinal));
    }

    private void Find(TranslationOptions options)
    {
        foreach (var root in Roots(options))
        {
            root.IsPublic = true;
            if (PassesStructs(root))
                refusals.Add(new Refusal(Rule.Type, $"{root.FullName} passes a struct by value to or from C: pass a pointer", root.FullName,
                    StartOf(root)));
            Want(root);
        }
        while (pending.TryDequeue(out var method)) Translate(method);
        Functions =
            [.. functions.Values.OrderBy(f => MetadataTokens.GetRowNumber(f.Method.Handle))
                .ThenBy(f => f.Method.Key, StringComparer.Ordinal)];
        Imports = [.. imports.OrderBy(m => m.Import, StringComparer.Ordinal).DistinctBy(m => m.Import)];
        if (refusals.Count == 0) refusals.AddRange(Recursion.Find(Functions, m => StartOf(m)));
        if (refusals.Count > 0) throw new TranslationException(refusals);
        MarkPartsOfLoops();
        NameMethods();
        NameData();
    }

    /// <summary>Inlines methods that dispatch loops call with AggressiveInlining, even if the rest is optimised for size.</summary>
    private void MarkPartsOfLoops()
    {
        var pending = new Stack<Function>(Functions.Where(f => f.Method.IsDispatchLoop));
        while (pending.TryPop(out var function))
        {
            foreach (var callee in function.Exprs.OfType<CallExpr>().Select(c => c.Method).Where(m => m.AlwaysInline && !m.IsPartOfLoop))
            {
                callee.IsPartOfLoop = true;
                pending.Push(functions[callee]);
            }
        }
    }

    private List<Method> Roots(TranslationOptions options)
    {
        var all = model.AllMethods().ToList();
        var roots = options.Exports ? all.Where(m => m.Export is not null).ToList() : [];
        foreach (string name in options.Roots)
        {
            var found = all.Where(m => IsNamed(m.FullName, name) || IsOneOf(m, name)).ToList();
            if (found.Count == 0) refusals.Add(new Refusal(Rule.Root, $"no method {name}", model.FileName, SourcePoint.Unknown));
            roots.AddRange(found);
        }
        if (roots.Count == 0 && refusals.Count == 0)
            refusals.Add(new Refusal(Rule.Root, "nothing to translate: no [UnmanagedCallersOnly(EntryPoint = ...)] method and no --root",
                model.FileName, SourcePoint.Unknown));
        return roots;
    }

    /// <summary>Type.*: the methods C could call.</summary>
    private static bool IsOneOf(Method method, string name) =>
        name.EndsWith(".*", StringComparison.Ordinal) && IsNamed(method.OwnerName, name[..^2]) && !PassesStructs(method);

    private static bool PassesStructs(Method method) => method.Parameters.Append(method.Result).Any(t => t is StructType);

    private static bool IsNamed(string full, string name) => full == name || full.EndsWith("." + name, StringComparison.Ordinal);

    private void Want(Method method)
    {
        if (seen.Add(method)) pending.Enqueue(method);
    }

    private SourcePoint StartOf(Method method) =>
        model.Sources.Points(method.Handle).Select(p => p.Point).FirstOrDefault(SourcePoint.Unknown);

    private void Translate(Method method)
    {
        if (method.Import is not null)
        {
            imports.Add(method);
            return;
        }
        if (method.BodyAddress == 0)
        {
            refusals.Add(new Refusal(Rule.NoBody, $"{method.FullName} has no body and is no [DllImport]", method.FullName,
                StartOf(method)));
            return;
        }
        if (model.HasStaticConstructor(model.DeclaringType(method)))
            refusals.Add(new Refusal(Rule.StaticConstructor, $"{method.OwnerName} has a static constructor: nothing would run it",
                method.FullName, StartOf(method)));
        var function = MethodTranslator.Translate(model, method, refusals.Add);
        Temporaries.Inline([.. function.Blocks.Select(b => b.Statements)]);
        function = DeadVariables.Remove(function);
        functions[method] = function;
        foreach (var e in function.Exprs)
        {
            if (e is CallExpr call) Want(call.Method);
            if (e is FunctionExpr address) Want(address.Method);
        }
    }

    private void NameMethods()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var method in Functions.Select(f => f.Method).Concat(Imports))
        {
            if ((method.Export ?? method.Import) is not { } fixedName) continue;
            method.CName = fixedName;
            if (!names.Add(fixedName))
                refusals.Add(new Refusal(Rule.DuplicateName, $"{fixedName} is defined twice", method.FullName, StartOf(method)));
        }
        foreach (var import in imports) import.CName = import.Import!;
        foreach (var method in Functions.Select(f => f.Method).Where(m => m.Export is null))
        {
            string name = CNames.Method(method), unique = name;
            for (int n = 2; !names.Add(unique); n++) unique = name + "_" + n;
            method.CName = unique;
        }
        if (refusals.Count > 0) throw new TranslationException(refusals);
    }

    private void NameData()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var data = new List<ConstantData>();
        foreach (var function in Functions)
            foreach (var constant in function.Exprs.OfType<DataExpr>().Select(d => d.Data))
            {
                if (data.Contains(constant)) continue;
                data.Add(constant);
                string name = constant.CName.Length > 0 ? constant.CName : CNames.Data(function.Method), unique = name;
                for (int n = 2; !names.Add(unique); n++) unique = name + "_" + n;
                constant.CName = unique;
            }
        Data = data;
    }
}
