package uz.koprik.gateway.renewal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.Sha256;

/** The card of a running centre as everybody may read it. Safe for use by many threads at once. */
public final class LiveCard {

    private final Path file;
    private volatile Shown now;

    /**
     * A card and its entity tag (RFC 9110, section 8.8.3).
     *
     * @param json the card as it is in the file
     */
    public record Shown(String json, String tag) {}

    /** @param file where the card is; it must be there */
    public LiveCard(Path file) throws IOException {
        this.file = file;
        refresh();
    }

    /** The card as of the last {@link #refresh}. */
    public Shown now() {
        return now;
    }

    /** Reads the file again. */
    public void refresh() throws IOException {
        String json = Files.readString(file);
        Shown before = now;
        if (before == null || !before.json().equals(json)) {
            now = new Shown(
                    json,
                    "\"" + Base64Url.encode(Sha256.of(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))) + "\"");
        }
    }
}
