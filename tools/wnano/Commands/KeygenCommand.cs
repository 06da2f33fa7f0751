// SPDX-License-Identifier: MIT
// wnano keygen: makes a pair of keys that sign images.
using System;
using System.CommandLine;
using Wamr.Nano.Tool.Signing;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class KeygenCommand
{
    internal static Command Create()
    {
        Argument<string> name = new("name")
        {
            Description = "Name of the files: name.key is secret and signs images, name.pub is for firmware.",
        };
        WnanoCommand command = new(
            "keygen", "Make a pair of Ed25519 keys that sign images.",
            ("wnano keygen owner", "owner.key, which only you can read, and owner.pub"))
        { name };
        command.SetAction(parsed => Program.Guard(() =>
        {
            string files = parsed.GetRequiredValue(name);
            OwnerKey.Create(files);
            string secret = files + OwnerKey.PrivateExtension, open = files + OwnerKey.PublicExtension;
            Console.WriteLine($"{secret}: keep it secret and keep a copy: the owner's devices run only what it signs");
            Console.WriteLine($"{open}: 'wnano build --key {open}' puts it into a firmware");
            return 0;
        }));
        return command;
    }
}
