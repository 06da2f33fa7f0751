// SPDX-License-Identifier: MIT
// The owner's keys: Ed25519 (RFC 8032) in PEM files as OpenSSL writes them, and the public one in a firmware.
using System;
using System.IO;
using System.Linq;
using NSec.Cryptography;
using Wamr.Nano.Tool.Apps;

namespace Wamr.Nano.Tool.Signing;

internal static class OwnerKey
{
    internal const string PrivateExtension = ".key", PublicExtension = ".pub";

    private static readonly SignatureAlgorithm s_algorithm = SignatureAlgorithm.Ed25519;

    /// <summary>
    /// Makes a pair of keys: <paramref name="path"/>.key, which only its owner may read, and <paramref name="path"/>.pub.
    /// </summary>
    /// <exception cref="UsageException">One of the files exists: nothing could restore the key in it.</exception>
    internal static void Create(string path)
    {
        string secret = path + PrivateExtension, open = path + PublicExtension;
        if (new[] { secret, open }.FirstOrDefault(File.Exists) is string there)
            throw new UsageException($"'{there}' exists already: name other files, or remove it if you no longer need its signatures");
        using Key key = Key.Create(s_algorithm, new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (FileStream file = new(secret, options)) file.Write(key.Export(KeyBlobFormat.PkixPrivateKeyText));
        File.WriteAllBytes(open, key.PublicKey.Export(KeyBlobFormat.PkixPublicKeyText));
    }

    /// <summary>The public key of a file of either kind: 32 bytes.</summary>
    /// <exception cref="UsageException">The file holds no Ed25519 key.</exception>
    internal static byte[] ReadPublic(FileInfo file)
    {
        byte[] text = Host.Read(file);
        if (PublicKey.TryImport(s_algorithm, text, KeyBlobFormat.PkixPublicKeyText, out PublicKey? key) && key != null)
            return key.Export(KeyBlobFormat.RawPublicKey);
        using Key pair = Import(file, text);
        return pair.PublicKey.Export(KeyBlobFormat.RawPublicKey);
    }

    /// <summary>Signs with the private key of a file.</summary>
    /// <returns>64 bytes.</returns>
    /// <exception cref="UsageException">The file holds no private Ed25519 key.</exception>
    internal static byte[] Sign(FileInfo file, ReadOnlySpan<byte> message)
    {
        using Key key = Import(file, Host.Read(file));
        return s_algorithm.Sign(key, message);
    }

    /// <summary>The public key as a C file for a firmware; nothing without one.</summary>
    internal static string Source(byte[]? key) => key == null
        ? ""
        : $$"""

            const uint8_t *wn_owner_key(void)
            {
                static const uint8_t key[32] = {{{string.Join(", ", key)}}};
                return key;
            }

            """;

    private static Key Import(FileInfo file, byte[] text) =>
        Key.TryImport(s_algorithm, text, KeyBlobFormat.PkixPrivateKeyText, out Key? key) && key != null
            ? key
            : throw new UsageException($"'{file}' holds no private Ed25519 key in PEM form: 'wnano keygen' makes one");
}
