// SPDX-License-Identifier: MIT
// Whose code runs: anyone's. Signatures are not asked for.
namespace Wamr.Nano.Boards;

internal static unsafe class Trust
{
    /// <summary>Whether code without the owner's signature is refused.</summary>
    internal const bool NeedsSignature = false;

    internal static void Require(ImageArgs* args)
    {
    }
}
