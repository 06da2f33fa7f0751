// SPDX-License-Identifier: MIT
// Names against .NET's own judgement of UTF-8.
using System;
using System.Collections.Generic;
using Xunit;

namespace Wamr.Nano.Tests.Wasm;

public unsafe class Utf8Tests
{
    [Fact]
    public void Names_of_up_to_two_bytes_agree_with_dotnet()
    {
        for (int first = 0; first < 256; first++)
        {
            Compare([(byte)first]);
            for (int second = 0; second < 256; second++) Compare([(byte)first, (byte)second]);
        }
    }

    [Fact]
    public void Names_of_three_and_four_bytes_agree_with_dotnet()
    {
        byte[] interesting = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF];
        foreach (byte[] head in Heads())
        {
            foreach (byte third in interesting)
            {
                Compare([.. head, third]);
                foreach (byte fourth in interesting) Compare([.. head, third, fourth]);
            }
        }
    }

    private static IEnumerable<byte[]> Heads()
    {
        for (int first = 0xC0; first < 256; first++)
            for (int second = 0x70; second < 0xD0; second++) yield return [(byte)first, (byte)second];
    }

    private static void Compare(byte[] name)
    {
        byte[] bytes = [(byte)name.Length, .. name];
        bool valid = System.Text.Unicode.Utf8.IsValid(name);
        fixed (byte* start = bytes)
        {
            ByteReader r = Read.Over(start, start, start + bytes.Length);
            uint length;
            byte* at = Utf8.Name(&r, &length);
            WasmError expected = valid ? WasmError.None : WasmError.BadUtf8;
            if (r.Error != expected || at != start + 1 || length != name.Length) Assert.Fail(Convert.ToHexString(name) + $": {r.Error}");
        }
    }
}
