// SPDX-License-Identifier: MIT
// Structs of every layout, pointers, buffers, constant data, raw memory.
using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Wamr.Nano.Tests.TestKit.Iltoc.Corpus;

internal struct Point
{
    internal short X;
    internal long Y;
    internal byte Z;

    internal Point(int x, long y)
    {
        X = (short)x;
        Y = y;
        Z = 1;
    }

    internal long Sum => X + Y + Z;
    internal void Move(int by) => X += (short)by;
}

internal unsafe struct Buffers
{
    internal fixed byte Bytes[12];
    internal fixed uint Words[3];
    internal Point Inner;
    internal Buffers* Next;
}

[StructLayout(LayoutKind.Explicit)]
internal struct Overlay
{
    [FieldOffset(0)] internal ulong Whole;
    [FieldOffset(0)] internal uint Low;
    [FieldOffset(4)] internal uint High;
    [FieldOffset(0)] internal double Number;
    [FieldOffset(6)] internal ushort Top;
    [FieldOffset(8)] internal byte Tail;
}

[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct Packed
{
    internal byte A;
    internal uint B;
    internal ushort C;
}

internal struct Shared
{
    internal volatile int Flag;
    internal volatile byte Small;
}

internal enum Colour : byte { Red = 1, Green = 200 }

public static unsafe class Memory
{
    private static ReadOnlySpan<byte> Primes => [2, 3, 5, 7, 11, 13, 17, 19];
    private static ReadOnlySpan<byte> Text => "constant data"u8;
    private static ReadOnlySpan<ushort> Wide => [1, 1000, 40000, 65535];

    public static long StructByValue(int a, long b)
    {
        var p = new Point(a, b);
        var q = Moved(p, 5);
        p.Z = 77;
        return p.Sum * 3 + q.Sum + Moved(new Point(1, a), a).Y;
    }

    private static Point Moved(Point p, int by)
    {
        p.Move(by);
        p.Y ^= by;
        return p;
    }

    public static uint FixedBuffers(uint seed)
    {
        Buffers b = default;
        Buffers* p = &b;
        p->Next = p;
        for (uint i = 0; i < 12; i++) p->Bytes[i] = (byte)(seed * i);
        for (int i = 0; i < 3; i++) b.Words[i] = seed >> i;
        p->Next->Inner.Y = b.Bytes[3];
        uint sum = (uint)p->Inner.Y;
        byte* bytes = p->Next->Bytes;
        for (byte* q = bytes; q < bytes + 12; q++) sum = sum * 31 + *q;
        return sum + b.Words[0] + p->Words[2];
    }

    public static ulong Overlays(ulong a)
    {
        Overlay o = default;
        o.Whole = a;
        o.Top ^= 0x1234;
        uint low = o.Low;
        o.Low = o.High;
        o.High = low;
        o.Tail = (byte)a;
        Overlay copy = o;
        copy.Tail++;
        return copy.Whole ^ o.Tail ^ copy.Tail;
    }

    public static long OverlayNumber(double a)
    {
        Overlay o = default;
        o.Number = a;
        return (long)o.Whole >> 3;
    }

    public static uint PackedFields(uint a)
    {
        Packed p;
        p.A = 1;
        p.B = a;
        p.C = (ushort)(a >> 4);
        return p.B * 3 + p.C + p.A + (uint)sizeof(Packed);
    }

    public static uint ConstantData(int i) =>
        (uint)(Primes[i & 7] + Text[i & 7] * 256 + Wide[i & 3]) + (uint)(Primes.Length + Text.Length + Wide.Length);

    public static uint SpanLoop(uint seed)
    {
        ReadOnlySpan<byte> text = Text;
        uint hash = seed;
        for (int i = 0; i < text.Length; i++) hash = (hash ^ text[i]) * 16777619;
        fixed (byte* p = text) hash += p[4];
        return hash;
    }

    public static int StackBuffers(int n)
    {
        byte* bytes = stackalloc byte[16];
        long* longs = stackalloc long[4];
        Point* points = stackalloc Point[2];
        for (int i = 0; i < 16; i++) bytes[i] ^= (byte)(n >> (i & 7));
        longs[1] = *(int*)(bytes + 4);
        longs[2] = longs[1] - longs[0];
        points[1].X = (short)longs[2];
        points[0] = points[1];
        return points[0].X + (int)longs[2] + bytes[15];
    }

    public static int PointerArithmetic(int n)
    {
        uint* cells = stackalloc uint[8];
        uint* end = cells + 8;
        for (uint* p = cells; p != end; p++) *p = (uint)(p - cells) * 3;
        uint* middle = &cells[n & 7];
        byte* bytes = (byte*)middle;
        long distance = end - middle;
        bool before = middle < end && cells <= middle && end > cells;
        return (int)(*middle + bytes[0] + distance + (before ? 100 : 0)) + (middle == null ? 1 : 2);
    }

    public static int SizesAndOffsets(int n)
    {
        Buffers b = default;
        return sizeof(Point) * 1000 + (int)((byte*)&b.Inner - (byte*)&b) + sizeof(Overlay) * 100 + sizeof(nint) + n;
    }

    public static ulong RawAccess(ulong a)
    {
        byte* p = stackalloc byte[24];
        Raw.Fill(p, (byte)a, 24);
        Raw.Store64(p + 1, a);
        Raw.Store32(p + 11, (uint)(a >> 5));
        Raw.Store16(p + 17, (ushort)a);
        Raw.Copy(p + 3, p, 12);
        return Raw.Load64(p + 3) ^ Raw.Load32(p + 13) ^ Raw.Load16(p + 17);
    }

    public static int BitCounts(uint a, ulong b) =>
        BitOperations.LeadingZeroCount(a) + BitOperations.LeadingZeroCount(b) * 3 + BitOperations.TrailingZeroCount(a) * 5
        + BitOperations.TrailingZeroCount(b) * 7 + BitOperations.PopCount(a) * 11 + BitOperations.PopCount(b) * 13;

    public static ulong Rotations(uint a, ulong b, int n) =>
        BitOperations.RotateLeft(a, n)
            + BitOperations.RotateRight(a, n) * 3ul + BitOperations.RotateLeft(b, n) + BitOperations.RotateRight(b, n) * 5;

    public static int Enums(int n)
    {
        Colour c = (Colour)n;
        if (c == Colour.Green) return -1;
        return (int)(c | Colour.Red) + (c > Colour.Red ? 1000 : 0);
    }

    public static float PunnedFloat(float a)
    {
        uint bits = *(uint*)&a;
        bits ^= 0x80000000;
        return *(float*)&bits;
    }

    public static int VolatileFields(int n)
    {
        Shared shared = default;
        Shared* p = &shared;
        p->Flag = n;
        p->Small = (byte)(p->Flag >> 3);
        int first = p->Flag + p->Small;
        p->Flag = first;
        return p->Flag * 3 - p->Flag;
    }

    public static int EmptyBlocks(int n)
    {
        byte* bytes = stackalloc byte[8];
        byte* p = (n & 1) == 0 ? null : bytes;
        uint size = p == null ? 0u : 8u;
        Raw.Fill(p, (byte)n, size);
        Raw.Copy(p, p, size);
        return p == null ? -1 : p[7];
    }
}
