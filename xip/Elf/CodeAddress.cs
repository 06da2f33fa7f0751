// SPDX-License-Identifier: MIT
// Addresses of functions: Thumb marks them with a bit; on other machines they may be odd.
namespace Wamr.Nano.Xip.Elf;

internal static class CodeAddress
{
    /// <summary>Where the code begins to which a symbol, a pointer or a return address refers.</summary>
    internal static ulong Of(ulong address, ImageMachine machine) => machine == ImageMachine.Thumb ? address & ~1ul : address;
}
