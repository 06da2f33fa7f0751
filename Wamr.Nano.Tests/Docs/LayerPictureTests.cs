// SPDX-License-Identifier: MIT
// docs/layers.svg shows the layers that DESIGN names and LayersTests holds. WNANO_WRITE_DOCS=1 draws it anew.
using System;
using System.IO;
using Wamr.Nano.Tests.Freestanding;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Docs;

public class LayerPictureTests
{
    [Fact]
    public void The_picture_of_the_layers_is_that_of_the_table()
    {
        string path = Repository.PathOf("docs/layers.svg"), picture = LayerPicture.Draw(LayerTable.Read());
        if (Environment.GetEnvironmentVariable("WNANO_WRITE_DOCS") != null) File.WriteAllText(path, picture);
        Assert.True(File.ReadAllText(path) == picture,
            "docs/layers.svg is not what DESIGN's table says: run WNANO_WRITE_DOCS=1 dotnet test --filter LayerPicture");
    }
}
