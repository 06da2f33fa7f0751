// SPDX-License-Identifier: MIT
// Source packages through apt, whatever the machine's own lists say of sources, and without a change to them.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tool.Build;

namespace Wamr.Nano.Tests.TestKit;

internal static class DebianArchive
{
    private const string Keys = "/usr/share/keyrings/debian-archive-keyring.gpg";

    /// <summary>Unpacks what the authors of packages released into a folder a package; Debian's own changes are left out.</summary>
    /// <param name="folder">Where the package folders are made.</param>
    /// <param name="packages">Names of source packages.</param>
    /// <exception cref="ProgramFailedException">One cannot be had.</exception>
    public static void Unpack(string folder, IEnumerable<string> packages)
    {
        string state = Path.Combine(folder, ".apt"), lists = Path.Combine(state, "sources");
        foreach (string part in new[] { "sources", "lists/partial", "cache/archives/partial", "files" })
            Directory.CreateDirectory(Path.Combine(state, part));
        File.WriteAllLines(Path.Combine(lists, "source.list"), Archives());
        string[] options =
        [
            "-q", "-o", "Dir::Etc::SourceList=/dev/null", "-o", $"Dir::Etc::SourceParts={lists}", "-o",
            $"Dir::State::Lists={Path.Combine(state, "lists")}",
            "-o", $"Dir::Cache={Path.Combine(state, "cache")}", "-o", "APT::Sandbox::User=",
        ];
        ExternalProgram.Run("apt-get", [.. options, "update"]);
        string files = Path.Combine(state, "files");
        ExternalProgram.Run("apt-get", [.. options, "source", "--tar-only", .. packages], files);
        foreach (string package in packages)
        {
            string made = Directory.CreateDirectory(Path.Combine(folder, package)).FullName;
            ExternalProgram.Run("tar", ["xf", Directory.GetFiles(files, $"{package}_*.orig.tar.*")
                .Single(file => !file.EndsWith(".asc", StringComparison.Ordinal)), "-C", made, "--strip-components=1"]);
        }
        Directory.Delete(state, recursive: true);
    }

    /// <summary>
    /// A line for sources in place of each of the machine's for binary packages; of the release itself, whose sources stay where they are.
    /// </summary>
    private static string[] Archives()
    {
        string[] lines =
            ExternalProgram.Run("apt-get", ["indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages"])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string signed = File.Exists(Keys) ? $"[signed-by={Keys}] " : "";
        string[] archives = [.. lines.Distinct().Select(line => line.Split(' '))
            .Where(item => IsRelease(item[0], item[1])).Select(item => $"deb-src {signed}{string.Join(' ', item)}")];
        return archives.Length != 0 ? archives : throw new ProgramFailedException("apt knows no archive of Debian's");
    }

    private static bool IsRelease(string address, string release) =>
        address.TrimEnd('/').EndsWith("/debian", StringComparison.Ordinal) && !release.Contains('-', StringComparison.Ordinal);
}
