// SPDX-License-Identifier: MIT
// wnano verify: checks that an image has its owner's signature.
using System;
using System.CommandLine;
using System.IO;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Signing;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class VerifyCommand
{
    internal static Command Create()
    {
        Argument<FileInfo> image = new("image") { Description = "The image (.xip)." };
        Option<FileInfo> key = new("--key") { Description = "The owner's public key.", HelpName = "file", Required = true };
        WnanoCommand command = new(
            "verify", "Check the signature of an image, as a device does. The exit code is 1 if the owner did not sign it.",
            ("wnano verify app.xip --key owner.pub", "its version, or an error"))
        { image, key };
        command.SetAction(parsed => Program.Guard(() =>
        {
            FileInfo file = parsed.GetRequiredValue(image);
            FileInfo owner = parsed.GetRequiredValue(key);
            uint version = SignedImage.Verify(Host.Read(file), OwnerKey.ReadPublic(owner))
                ?? throw new WasmException(WasmError.ImageSignatureRefused, default);
            Console.WriteLine($"{file}: version {version}, signed by the owner");
            return 0;
        }));
        return command;
    }
}
