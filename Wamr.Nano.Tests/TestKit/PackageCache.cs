// SPDX-License-Identifier: MIT
// What tests fetch by name from package registries, kept outside of the repository. Where it
// cannot be had, a test is skipped with the reason.
using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Wamr.Nano.Tool.Build;
using Xunit;

namespace Wamr.Nano.Tests.TestKit;

/// <summary>
/// For tests marked SkippableFact or SkippableTheory. On the build server nothing is skipped: there absence is a failure.
/// </summary>
internal static class PackageCache
{
    private static readonly ConcurrentDictionary<string, Lazy<string?>> Failures = new();

    /// <summary>WAMR_NANO_CACHE, or a folder of the user's.</summary>
    private static string Root => Environment.GetEnvironmentVariable("WAMR_NANO_CACHE")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "wamr-nano-tests");

    /// <summary>The files of an npm package, without what it depends on; nothing of it is run.</summary>
    public static string Npm(string name, string version)
    {
        string folder = Folder($"npm-{name.Replace('/', '+')}@{version}", ["npm", "tar"], made =>
        {
            string file = ExternalProgram.Run("npm", ["pack", "--silent", "--pack-destination", made, $"{name}@{version}"]).Trim();
            ExternalProgram.Run("tar", ["xf", Path.Combine(made, file), "-C", made]);
            File.Delete(Path.Combine(made, file));
        });
        return Path.Combine(folder, "package");
    }

    /// <summary>A folder with a folder for each of Debian's source packages.</summary>
    public static string DebianSources(params string[] packages)
    {
        string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', packages))))[..12];
        return Folder($"debian-{hash}", ["apt-get", "tar", "xz"], made => DebianArchive.Unpack(made, packages));
    }

    /// <summary>A folder that is made once. What stops it skips the test.</summary>
    /// <param name="key">Its name in the cache.</param>
    /// <param name="programs">What <paramref name="fill"/> runs.</param>
    /// <param name="fill">Fills a new folder, or throws.</param>
    public static string Folder(string key, string[] programs, Action<string> fill)
    {
        string folder = Path.Combine(Root, key);
        string? failure = Failures.GetOrAdd(key, _ => new(() => Directory.Exists(folder) ? null : Make(folder, programs, fill))).Value;
        Require(failure == null, failure!);
        return folder;
    }

    /// <summary>Skips the test where something is missing; fails it on the build server.</summary>
    public static void Require(bool there, string otherwise)
    {
        if (Shared.OnCi) Assert.True(there, otherwise);
        Skip.IfNot(there, otherwise);
    }

    /// <summary>Whole or not at all: another process may do the same at the same time.</summary>
    private static string? Make(string folder, string[] programs, Action<string> fill)
    {
        foreach (string program in programs)
            if (ExternalProgram.Locate(program) == null) return $"{program} is not installed";
        Directory.CreateDirectory(Root);
        string made = $"{folder}.{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(made);
            fill(made);
            if (!Directory.Exists(folder)) Directory.Move(made, folder);
            return null;
        }
        catch (ProgramFailedException e)
        {
            // What the program had to say ends with what went wrong.
            return $"{Path.GetFileName(folder)} cannot be had: {string.Join(' ', e.Message.Split('\n').TakeLast(3))}";
        }
        finally
        {
            if (Directory.Exists(made)) Directory.Delete(made, recursive: true);
        }
    }
}
