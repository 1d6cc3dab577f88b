package uz.koprik.gateway.renewal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;

/** The card of a running centre as everybody may read it. Safe for use by many threads at once. */
public final class LiveCard {

    private final Path file;
    private volatile Shown now;

    /**
     * A card and its entity tag (RFC 9110, section 8.8.3).
     *
     * @param json the card as it is in the file
     * @param sequence its sequence number; 0 when the file holds no card
     */
    public record Shown(String json, String tag, long sequence) {}

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
        byte[] bytes = Files.readAllBytes(file);
        String json = new String(bytes, StandardCharsets.UTF_8);
        Shown before = now;
        if (before == null || !before.json().equals(json)) {
            now = new Shown(json, "\"" + Base64Url.encode(Sha256.of(bytes)) + "\"", sequence(bytes));
        }
    }

    private static long sequence(byte[] bytes) {
        try {
            return CentreCard.read(bytes).sequence();
        } catch (CardRejected unreadable) {
            return 0;
        }
    }
}
