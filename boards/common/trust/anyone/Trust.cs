// SPDX-License-Identifier: MIT
// Firmware that runs anyone's code: it needs no signature.
namespace Wamr.Nano.Boards;

internal static unsafe class Trust
{
    /// <summary>Whether code without the owner's signature is refused.</summary>
    internal const bool NeedsSignature = false;

    internal static void Require(ImageArgs* args)
    {
    }
}
