// SPDX-License-Identifier: MIT
// A step of a build that is skipped if nothing it depends on has changed.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

namespace Wamr.Nano.Tool.Build;

internal static class Stage
{
    /// <summary>Runs <paramref name="work"/> unless <paramref name="output"/> is there and was made under the same key.</summary>
    internal static void Make(string output, string key, Action work)
    {
        string stamp = output + ".key";
        if (File.Exists(output) && File.Exists(stamp) && File.ReadAllText(stamp) == key) return;
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        File.Delete(stamp);
        work();
        File.WriteAllText(stamp, key);
    }

    /// <summary>A key of texts and of the contents of files.</summary>
    internal static string Key(IEnumerable<string> texts, IEnumerable<string> files)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string text in texts) hash.AppendData(Encoding.UTF8.GetBytes(text + "\0"));
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file + "\0"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>A short name for a build that differs from others by these texts alone.</summary>
    internal static string ShortKey(IEnumerable<string> texts) => Key(texts, [])[..8];

    /// <summary>The files of a folder and its subfolders, without the output of builds.</summary>
    internal static IEnumerable<string> Files(string folder, params string[] extensions) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => extensions.Contains(Path.GetExtension(file)))
        .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    /// <summary>Does something while no other process does it in the same folder.</summary>
    internal static T Alone<T>(string folder, Func<T> work)
    {
        Directory.CreateDirectory(folder);
        using FileStream held = Acquire(Path.Combine(folder, "lock"));
        return work();
    }

    private static FileStream Acquire(string file)
    {
        using Waiting waiting = Waiting.Unless($"waiting for another wnano that builds in {Path.GetDirectoryName(file)}");
        for (; ; )
        {
            try
            {
                return new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                Thread.Sleep(100);
            }
        }
    }
}
