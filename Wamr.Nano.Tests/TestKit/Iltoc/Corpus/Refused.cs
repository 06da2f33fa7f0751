// SPDX-License-Identifier: MIT
// What the translator must refuse. Each line at fault is marked with its code; the tests read the marks.
using System;

namespace Wamr.Nano.Tests.TestKit.Iltoc.Corpus;

internal class Thing
{
    internal int Value;
    internal virtual int Virtual() => Value;
    internal int Plain() => Value;
}

internal struct Pair<T> where T : unmanaged
{
    internal T A, B;
}

[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit)]
internal struct Misaligned
{
    [System.Runtime.InteropServices.FieldOffset(0)] internal byte A;
    [System.Runtime.InteropServices.FieldOffset(1)] internal int B;
}

internal static class Counter
{
    internal static int Value;
    internal static readonly int Computed = Refused.Next();
    internal static int Get() => 1; // IL1010 StaticConstructor
}

internal static unsafe class Refused
{
    internal static int Next() => 3;

    internal static int ObjectCreation()
    {
        var thing = new Thing(); // IL1001
        return 1;
    }

    internal static int InstanceCall(void* p) => Use(default); // IL1001

    private static int Use(Thing thing) => thing.Plain();

    internal static int Boxing(int n)
    {
        object boxed = n; // IL1002
        return 0;
    }

    internal static int NewArray(int n)
    {
        n++;
        var array = new int[n]; // IL1003
        return 0;
    }

    internal static int Throw(int n)
    {
        if (n == 0) throw null; // IL1004
        return n;
    }

    internal static int TryFinally(int n)
    {
        try { n += Next(); } // IL1004
        finally { n++; }
        return n;
    }

    internal static int Text()
    {
        string text = "text"; // IL1005
        return text.Length;
    }

    internal static void StaticStore(int n)
    {
        Counter.Value = n; // IL1006
    }

    internal static int StaticLoad() => Counter.Value; // IL1006

    internal static int Recursive(int n) => n == 0 ? 0 : Mutual(n - 1); // IL1007

    private static int Mutual(int n) => Recursive(n) + 1;

    internal static int Virtual(Thing thing) => 1; // IL1013

    internal static int Generic(int n)
    {
        Pair<int> pair = default; // IL1009
        pair.A = n;
        return Take(&pair);
    }

    private static int Take(Pair<int>* pair) => pair->A;

    internal static int GenericMethod(int n) => Same(n); // IL1009

    private static T Same<T>(T value) => value;

    internal static int StaticConstructor() => Counter.Get();

    internal static int Checked(int a, int b) => checked(a + b); // IL1011

    internal static byte CheckedConversion(int a) => checked((byte)a); // IL1011

    internal static int VariableStackAlloc(int n)
    {
        byte* p = stackalloc byte[n]; // IL1015
        return p[0];
    }

    internal static int StackAllocInLoop(int n)
    {
        int sum = 0;
        while (n-- > 0)
        {
            byte* p = stackalloc byte[4]; // IL1015
            sum += p[0];
        }
        return sum;
    }

    [Wamr.Nano.Core.Platform.DispatchLoop]
    internal static int WideDispatch(int* pc)
    {
        while (true)
        {
            switch (*pc++) // IL1016
            {
                case 0: return 1;
                case 1: continue;
                case 2: return 3;
            }
        }
    }

    internal static int MisalignedLayout(int n)
    {
        Misaligned m = default; // IL1020
        m.B = n;
        return m.A;
    }

    internal static int NoBody(int n) => Missing(n); // IL1014

    [System.Runtime.CompilerServices.MethodImpl((System.Runtime.CompilerServices.MethodImplOptions)4096)]
    private static extern int Missing(int n);

    internal static int PassedByValue(Session session) => session.Calls; // IL1013

    [System.Runtime.InteropServices.UnmanagedCallersOnly(EntryPoint = "twice")]
    internal static int DuplicateName(int n) => n;

    [System.Runtime.InteropServices.UnmanagedCallersOnly(EntryPoint = "twice")]
    internal static uint DuplicateName(uint n) => n; // IL1019
}
