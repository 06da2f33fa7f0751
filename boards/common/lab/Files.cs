// SPDX-License-Identifier: MIT
// Files of the machine that the emulator or debugger runs on; of the system itself on the host.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe class Files
{
    /// <summary>
    /// Opens a file to read it, or an empty one that is there to write it; below 0 where that fails. The name ends with a zero.
    /// </summary>
    [DllImport("firmware", EntryPoint = "wn_file_open")]
    internal static extern int Open(byte* name, uint length, byte write);

    /// <summary>Reads up to <paramref name="size"/> bytes: how many, 0 at the end.</summary>
    [DllImport("firmware", EntryPoint = "wn_file_read")]
    internal static extern uint Read(int file, byte* buffer, uint size);

    /// <summary>Writes bytes: how many.</summary>
    [DllImport("firmware", EntryPoint = "wn_file_write")]
    internal static extern uint Write(int file, byte* buffer, uint size);
}
