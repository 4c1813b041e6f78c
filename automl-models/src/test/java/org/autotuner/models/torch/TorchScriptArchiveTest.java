package org.autotuner.models.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class TorchScriptArchiveTest {

    private static final String SOURCE = "  def forward(self, x: Tensor) -> Tensor:\n    return x * 2.\n";

    @Test
    void holdsWhatLibtorchReads() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(TorchScriptArchive.of("Twice", SOURCE)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
            }
        }
        assertThat(entries)
                .containsOnlyKeys(
                        "network/data.pkl",
                        "network/byteorder",
                        "network/code/__torch__.py",
                        "network/constants.pkl",
                        "network/version");
        assertThat(new String(entries.get("network/code/__torch__.py"), StandardCharsets.UTF_8))
                .startsWith("class Twice(Module):\n")
                .endsWith(SOURCE);
        assertThat(new String(entries.get("network/version"), StandardCharsets.UTF_8))
                .isEqualTo("10\n");
    }

    @Test
    void equalSourcesGiveEqualBytes() {
        assertThat(TorchScriptArchive.of("Twice", SOURCE)).isEqualTo(TorchScriptArchive.of("Twice", SOURCE));
    }
}
