// SPDX-License-Identifier: MIT
// Prints an app's output in pieces that each cost fuel, so that the app can be stopped while it prints a long text.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Host;

internal static unsafe class HostOutput
{
    /// <summary>The default size of a piece: 6 ms of a line at 115,200 baud.</summary>
    private const uint SerialPiece = 64;

    /// <summary>Writes bytes of the app's memory to a stream, until the run must end or its fuel runs out.</summary>
    /// <param name="env">The environment.</param>
    /// <param name="stream">1 output, 2 error.</param>
    /// <param name="address">
    /// Address in the app's memory. The caller checks it, and this function checks it again for each piece, because the platform may move
    /// the memory.
    /// </param>
    /// <param name="length">Bytes.</param>
    /// <returns>The number of bytes written.</returns>
    internal static uint Write(ExecEnv* env, uint stream, uint address, uint length)
    {
        PlatformHooks* platform = &env->Instance->Runtime->Platform;
        uint most = platform->WritePiece != 0 ? platform->WritePiece : SerialPiece, total = 0;
        for (bool more = length != 0; more; )
        {
            uint piece = length - total < most ? length - total : most;
            if (!AppMemory.Validate(env->Instance, address + total, piece)) break;
            uint done = platform->Write == null ? piece
                : platform->Write(platform->Context, stream, AppMemory.ToNative(env->Instance, address + total), piece);
            total += done;
            more = Fuel.Work(env, piece) && done == piece && total < length;
        }
        return total;
    }
}
