// SPDX-License-Identifier: MIT
// wnano sign: adds the owner's signature to an image.
using System;
using System.CommandLine;
using System.IO;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Signing;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class SignCommand
{
    internal static Command Create()
    {
        Argument<FileInfo> image = new("image") { Description = "The image (.xip). The new signature replaces an old one." };
        Option<FileInfo> key = new("--key")
        {
            Description = "The private key, which 'wnano keygen' made.",
            HelpName = "file",
            Required = true,
        };
        Option<uint> version = new("--app-version") { Description = "Version of the app; the signature covers it.", HelpName = "number" };
        Option<FileInfo?> output = new("--output", "-o")
        {
            Description = "Name of the signed image; by default, the command replaces the image itself.",
            HelpName = "file",
        };
        WnanoCommand command = new(
            "sign", "Sign an image for firmware that runs only what its owner signed.",
            ("wnano sign app.xip --key owner.key --app-version 3", "app.xip, signed as version 3"))
        { image, key, version, output };
        command.SetAction(parsed => Program.Guard(() =>
        {
            FileInfo from = parsed.GetRequiredValue(image);
            FileInfo secret = parsed.GetRequiredValue(key);
            string to = (parsed.GetValue(output) ?? from).ToString();
            byte[] signed = SignedImage.Sign(Host.Read(from), parsed.GetValue(version), message => OwnerKey.Sign(secret, message));
            File.WriteAllBytes(to, signed);
            Console.WriteLine($"{to}: {Bytes.Text((ulong)signed.Length)} B, version {parsed.GetValue(version)}, signed");
            return 0;
        }));
        return command;
    }
}
