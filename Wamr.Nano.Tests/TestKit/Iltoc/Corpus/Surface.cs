// SPDX-License-Identifier: MIT
// What C code sees and supplies: exports, imports, callbacks, opaque structs.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Tests.TestKit.Iltoc.Corpus;

internal unsafe struct Session
{
    internal delegate* unmanaged<void*, int, int> Callback;
    internal void* Data;
    internal int Calls;
}

internal static unsafe class Surface
{
    [DllImport("host", EntryPoint = "host_scale")]
    private static extern int Scale(int value, double by);

    [UnmanagedCallersOnly(EntryPoint = "session_size")]
    public static nuint Size() => (nuint)sizeof(Session);

    [UnmanagedCallersOnly(EntryPoint = "session_open")]
    public static Session* Open(byte* memory, delegate* unmanaged<void*, int, int> callback, void* data)
    {
        var session = (Session*)memory;
        *session = default;
        session->Callback = callback;
        session->Data = data;
        return session;
    }

    [UnmanagedCallersOnly(EntryPoint = "session_run")]
    public static int Run(Session* session, short value, byte negate)
    {
        session->Calls++;
        int result = session->Callback(session->Data, Scale(value, 1.5));
        return negate != 0 ? -result : result + session->Calls;
    }
}
