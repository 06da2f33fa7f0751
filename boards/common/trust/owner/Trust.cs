// SPDX-License-Identifier: MIT
// Firmware that runs only its owner's code: it refuses .wasm files, and images without a signature by the owner's key.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe class Trust
{
    /// <summary>Whether code without the owner's signature is refused.</summary>
    internal const bool NeedsSignature = true;

    /// <summary>The public key (32 bytes, in flash).</summary>
    [DllImport("firmware", EntryPoint = "wn_owner_key")]
    private static extern byte* Key();

    internal static void Require(ImageArgs* args)
    {
        args->Seal = &ImageSeal.Check;
        args->Verify = &ImageSignature.Verify;
        args->VerifyContext = Key();
    }
}
