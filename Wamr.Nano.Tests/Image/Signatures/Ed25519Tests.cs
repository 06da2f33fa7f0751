// SPDX-License-Identifier: MIT
// The check of signatures against those of libsodium (through NSec), and the examples of RFC 8032.
using System;
using System.Numerics;
using System.Security.Cryptography;
using NSec.Cryptography;
using Xunit;
using Ed25519 = Wamr.Nano.Core.Image.Signatures.Ed25519;
using Sha512 = Wamr.Nano.Core.Image.Signatures.Sha512;

namespace Wamr.Nano.Tests.Image.Signatures;

public class Ed25519Tests
{
    private static readonly SignatureAlgorithm s_foreign = SignatureAlgorithm.Ed25519;
    private static readonly BigInteger s_order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", null);

    private static unsafe bool Verify(byte[] key, byte[] message, byte[] signature)
    {
        byte[] text = [.. message, 0];
        fixed (byte* k = key, m = text, s = signature) return Ed25519.Verify(k, m, (uint)message.Length, s);
    }

    /// <summary>Chapter 7.1: tests 1, 2, 3 and "SHA(abc)".</summary>
    [Theory]
    [InlineData("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Examples_of_the_standard_are_accepted(string key, string message, string signature) =>
        Assert.True(Verify(Convert.FromHexString(key), Convert.FromHexString(message), Convert.FromHexString(signature)));

    [Fact]
    public void Signatures_of_libsodium_are_accepted_and_changed_ones_are_not()
    {
        Random random = new(1);
        for (int n = 0; n < 200; n++)
        {
            byte[] seed = new byte[32], message = new byte[random.Next(300)];
            random.NextBytes(seed);
            random.NextBytes(message);
            using Key pair = Key.Import(s_foreign, seed, KeyBlobFormat.RawPrivateKey);
            byte[] key = pair.PublicKey.Export(KeyBlobFormat.RawPublicKey), signature = s_foreign.Sign(pair, message);
            Assert.True(Verify(key, message, signature));
            Assert.False(Verify(key, message, Changed(signature, random)));
            if (message.Length != 0) Assert.False(Verify(key, Changed(message, random), signature));
            Assert.False(Verify(Changed(key, random), message, signature));
        }
    }

    /// <summary>S and S + L would both fit the equation: one of them has to be refused, or a signature had two forms.</summary>
    [Fact]
    public void Second_form_of_a_signature_is_refused()
    {
        using Key pair = Key.Create(s_foreign);
        byte[] key = pair.PublicKey.Export(KeyBlobFormat.RawPublicKey), signature = s_foreign.Sign(pair, "text"u8);
        BigInteger s = new(signature.AsSpan(32), isUnsigned: true);
        byte[] other = (s + s_order).ToByteArray(isUnsigned: true);
        Assert.True(Verify(key, "text"u8.ToArray(), signature));
        Assert.False(Verify(key, "text"u8.ToArray(), [.. signature[..32], .. other, .. new byte[32 - other.Length]]));
        Assert.False(Verify(key, "text"u8.ToArray(), [.. signature[..32], .. s_order.ToByteArray(isUnsigned: true)]));
    }

    /// <summary>Bytes that are no point: y from p up, no square root, and a sign where x is 0.</summary>
    [Theory]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]
    public unsafe void Bytes_that_are_no_point_are_refused(string key)
    {
        uint* point = stackalloc uint[Point25519.Words];
        fixed (byte* bytes = Convert.FromHexString(key)) Assert.False(Point25519.Decode(point, bytes));
        Assert.False(Verify(Convert.FromHexString(key), [], new byte[64]));
    }

    [Fact]
    public unsafe void Points_are_read_and_written_as_they_were()
    {
        Random random = new(2);
        uint* point = stackalloc uint[Point25519.Words];
        byte[] bytes = new byte[32], again = new byte[32];
        int points = 0;
        for (int n = 0; n < 400; n++)
        {
            random.NextBytes(bytes);
            fixed (byte* from = bytes, to = again)
            {
                if (!Point25519.Decode(point, from)) continue;
                Point25519.Encode(point, to);
            }
            points++;
            Assert.Equal(bytes, again);
        }
        Assert.InRange(points, 140, 260);
    }

    [Fact]
    public unsafe void Arithmetic_is_that_of_large_integers()
    {
        BigInteger p = BigInteger.Pow(2, 255) - 19;
        Random random = new(3);
        uint* numbers = stackalloc uint[3 * Field25519.Words];
        uint* a = numbers, b = a + Field25519.Words, r = b + Field25519.Words;
        for (int n = 0; n < 3000; n++)
        {
            Fill(a, random);
            Fill(b, random);
            BigInteger x = Value(a), y = Value(b);
            Field25519.Multiply(r, a, b);
            Assert.Equal(x * y % p, Reduced(r));
            Field25519.Add(r, a, b);
            Assert.Equal((x + y) % p, Reduced(r));
            Field25519.Subtract(r, a, b);
            Assert.Equal((((x - y) % p) + p) % p, Reduced(r));
        }
    }

    [Fact]
    public unsafe void Digests_are_those_of_the_platform()
    {
        byte[] text = new byte[400], digest = new byte[Sha512.DigestBytes];
        new Random(4).NextBytes(text);
        for (int size = 0; size <= text.Length; size++)
        {
            Sha512 hash;
            Sha512.Start(&hash);
            fixed (byte* bytes = text, to = digest)
            {
                Sha512.Add(&hash, bytes, (uint)size / 3);
                Sha512.Add(&hash, bytes + size / 3, (uint)(size - size / 3));
                Sha512.End(&hash, to);
            }
            Assert.Equal(SHA512.HashData(text.AsSpan(0, size)), digest);
        }
    }

    private static byte[] Changed(byte[] bytes, Random random)
    {
        byte[] changed = [.. bytes];
        changed[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    /// <summary>Random words, and often those where carries happen.</summary>
    private static unsafe void Fill(uint* number, Random random)
    {
        for (int i = 0; i < Field25519.Words; i++)
            number[i] = random.Next(4) switch { 0 => uint.MaxValue, 1 => 0, 2 => (uint)random.Next(64), _ => (uint)random.NextInt64() };
    }

    private static unsafe BigInteger Value(uint* number) => new(new ReadOnlySpan<byte>(number, 32), isUnsigned: true);

    private static unsafe BigInteger Reduced(uint* number)
    {
        Field25519.Reduce(number);
        return Value(number);
    }
}
