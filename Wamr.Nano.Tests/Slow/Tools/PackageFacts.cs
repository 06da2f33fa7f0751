// SPDX-License-Identifier: MIT
// What a package says of itself: icon, addresses, symbols with the place of their sources, documentation of what can be seen.
using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.Loader;
using System.Text;
using System.Xml.Linq;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Tools;

internal static class PackageFacts
{
    /// <summary>Kind of the debug information that says where sources are (Portable PDB specification).</summary>
    private static readonly Guid s_sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static void Check(string package, string url)
    {
        using ZipArchive zip = ZipFile.OpenRead(package);
        XElement facts = XDocument.Load(zip.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal))
            .Open()).Root!.Elements().Single();
        Assert.Equal(url, Fact("projectUrl")!.Value);
        XElement repository = Fact("repository")!;
        Assert.Equal(("git", url), (repository.Attribute("type")!.Value, repository.Attribute("url")!.Value));
        Assert.Equal(40, repository.Attribute("commit")!.Value.Length);
        foreach (string part in new[] { "license", "description", "tags", "readme", "icon" })
            Assert.False(string.IsNullOrEmpty(Fact(part)?.Value), $"{package} has no {part}");
        using Stream icon = zip.GetEntry(Fact("icon")!.Value)!.Open();
        byte[] start = new byte[24];
        icon.ReadExactly(start);
        Assert.Equal("PNG", Encoding.ASCII.GetString(start, 1, 3));
        Assert.Equal((128, 128), (start[18] << 8 | start[19], start[22] << 8 | start[23]));
        Assert.NotNull(zip.GetEntry(Fact("readme")!.Value));

        XElement? Fact(string name) => facts.Elements().SingleOrDefault(element => element.Name.LocalName == name);
    }

    public static void CheckSymbols(string package, string sources)
    {
        using ZipArchive zip = ZipFile.OpenRead(package);
        ZipArchiveEntry[] symbols = [.. zip.Entries.Where(entry => entry.Name.EndsWith(".pdb", StringComparison.Ordinal))];
        Assert.NotEmpty(symbols);
        foreach (ZipArchiveEntry entry in symbols)
        {
            using MemoryStream bytes = new();
            using (Stream from = entry.Open()) from.CopyTo(bytes);
            bytes.Position = 0;
            using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(bytes);
            MetadataReader reader = provider.GetMetadataReader();
            CustomDebugInformation link = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
                .Single(info => reader.GetGuid(info.Kind) == s_sourceLink);
            Assert.Contains(sources, Encoding.UTF8.GetString(reader.GetBlobBytes(link.Value)), StringComparison.Ordinal);
        }
    }

    /// <summary>Every public type is documented, with examples; nothing else is.</summary>
    public static void CheckDocumentation(string package, string folder)
    {
        ZipFile.ExtractToDirectory(package, folder);
        AssemblyLoadContext context = new("package", isCollectible: true);
        Assembly assembly = context.LoadFromAssemblyPath(Path.Combine(folder, "lib", "net10.0", "Wamr.Nano.dll"));
        foreach (string framework in new[] { "net10.0", "net8.0" })
        {
            XElement[] members = [.. XDocument.Load(Path.Combine(folder, "lib", framework, "Wamr.Nano.xml"))
                .Descendants("member").Where(member => member.Attribute("name") != null)];
            string[] names = [.. members.Select(member => member.Attribute("name")!.Value)];
            Assert.Empty(assembly.GetExportedTypes().Select(type => "T:" + type.FullName).Except(names));
            foreach (string name in names) Assert.True(IsVisible(assembly, name), $"{framework}: {name}");
            Assert.Contains(
                "M:Wamr.Nano.NanoRuntime.DefineFunction(System.String,System.String,System.String,Wamr.Nano.HostFunction)", names);
            Assert.Contains("M:Wamr.Nano.NanoRuntime.DefineFunc``3(System.String,System.String,System.Func{``0,``1,``2})", names);
            Assert.Contains("M:Wamr.Nano.WasmValue.op_Implicit(System.Int32)~Wamr.Nano.WasmValue", names);
            Assert.True(members.Count(member => member.Element("example") != null) >= 25);
        }
        context.Unload();
    }

    /// <summary>Whether a type, or a member by its name, can be seen from outside.</summary>
    private static bool IsVisible(Assembly assembly, string id)
    {
        string name = id[2..].Split('(')[0].Split('~')[0];
        if (id[0] == 'T') return assembly.GetType(name)?.IsVisible == true;
        int dot = name.LastIndexOf('.');
        Type? type = assembly.GetType(name[..dot]);
        string member = name[(dot + 1)..].Split('`')[0].Replace('#', '.');
        return type?.IsVisible == true
            && type.GetMember(member, BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).Length != 0;
    }
}
