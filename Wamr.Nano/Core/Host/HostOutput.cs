// SPDX-License-Identifier: MIT
// What an app prints: out in pieces, each paid for, so that a long text keeps nobody from stopping the app.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Host;

internal static unsafe class HostOutput
{
    /// <summary>Bytes of a piece where the platform does not say: 6 ms of a line of 115,200 baud.</summary>
    private const uint SerialPiece = 64;

    /// <summary>Writes bytes of the app's memory to a stream, until the run is to end or its fuel does.</summary>
    /// <param name="env">The environment.</param>
    /// <param name="stream">1 output, 2 error.</param>
    /// <param name="address">
    /// Of the app; checked by the caller, and with each piece once more: what the platform does with one may move the memory.
    /// </param>
    /// <param name="length">Bytes.</param>
    /// <returns>Bytes written.</returns>
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
