// SPDX-License-Identifier: MIT
// Whose code runs: the owner's. Images without a signature of the key that the firmware was built with are refused, and so are .wasm files.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe class Trust
{
    /// <summary>Whether code without the owner's signature is refused.</summary>
    internal const bool NeedsSignature = true;

    /// <summary>The public key of 32 bytes, in flash.</summary>
    [DllImport("firmware", EntryPoint = "wn_owner_key")]
    private static extern byte* Key();

    internal static void Require(ImageArgs* args)
    {
        args->Seal = &ImageSeal.Check;
        args->Verify = &ImageSignature.Verify;
        args->VerifyContext = Key();
    }
}
