// SPDX-License-Identifier: MIT
// The portable pdb: C# file and line of an IL offset, names of locals. Without a pdb everything is unknown and locals are numbered.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Wamr.Nano.IlToC;

/// <summary>A local's name over a range of IL offsets.</summary>
internal sealed record LocalScopeName(int Slot, string Name, int Start, int End);

internal sealed class SourceMap : IDisposable
{
    private readonly MetadataReaderProvider? provider;
    private readonly MetadataReader? reader;
    private readonly Dictionary<DocumentHandle, string> files = [];

    private SourceMap(MetadataReaderProvider? provider, string? sourceRoot)
    {
        this.provider = provider;
        reader = provider?.GetMetadataReader();
        if (reader is null) return;
        var names = reader.Documents.ToDictionary(d => d, d => reader.GetString(reader.GetDocument(d).Name).Replace('\\', '/'));
        string root = sourceRoot is not null ? sourceRoot.Replace('\\', '/').TrimEnd('/') + "/" : CommonFolder([.. names.Values]);
        foreach (var (handle, name) in names)
            files[handle] = name.StartsWith(root, StringComparison.Ordinal) ? name[root.Length..] : name;
    }

    internal static SourceMap Load(PEReader pe, string path, string? sourceRoot)
    {
        foreach (var entry in pe.ReadDebugDirectory())
            if (entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb)
                return new SourceMap(pe.ReadEmbeddedPortablePdbDebugDirectoryData(entry), sourceRoot);
        string pdb = Path.ChangeExtension(path, ".pdb");
        if (!File.Exists(pdb)) return new SourceMap(null, sourceRoot);
        return new SourceMap(MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(pdb)), sourceRoot);
    }

    public void Dispose() => provider?.Dispose();

    /// <summary>The folder all files have in common: names under it are the same on every machine.</summary>
    private static string CommonFolder(List<string> names)
    {
        if (names.Count == 0) return "";
        string first = names[0];
        int length = names.Min(n => n.Zip(first).TakeWhile(p => p.First == p.Second).Count());
        return first[..(first.LastIndexOf('/', Math.Max(length - 1, 0)) + 1)];
    }

    /// <summary>Sequence points of a method in IL order, hidden ones left out.</summary>
    internal IReadOnlyList<(int Offset, SourcePoint Point)> Points(MethodDefinitionHandle method)
    {
        if (reader is null) return [];
        var points = new List<(int, SourcePoint)>();
        foreach (var point in reader.GetMethodDebugInformation(method.ToDebugInformationHandle()).GetSequencePoints())
            if (!point.IsHidden) points.Add((point.Offset, new SourcePoint(files[point.Document], point.StartLine)));
        return points;
    }

    internal IReadOnlyList<LocalScopeName> LocalNames(MethodDefinitionHandle method)
    {
        if (reader is null) return [];
        var names = new List<LocalScopeName>();
        foreach (var scope in reader.GetLocalScopes(method.ToDebugInformationHandle()).Select(reader.GetLocalScope))
            foreach (var local in scope.GetLocalVariables().Select(reader.GetLocalVariable))
                names.Add(new LocalScopeName(local.Index, reader.GetString(local.Name), scope.StartOffset, scope.EndOffset));
        return names;
    }
}
