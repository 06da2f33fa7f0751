// SPDX-License-Identifier: MIT
// Addresses of functions: Thumb marks them by a bit, elsewhere they may begin at odd ones.
namespace Wamr.Nano.Xip.Targets;

internal static class CodeAddress
{
    /// <summary>Where the code begins to which a symbol, a pointer or a return address refers.</summary>
    internal static ulong Of(ulong address, ImageMachine machine) => machine == ImageMachine.Thumb ? address & ~1ul : address;
}
