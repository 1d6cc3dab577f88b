package uz.koprik.gateway.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.config.SecretFile;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoredObject;

/**
 * Keeps both objects of an equivocation (two different objects under one id and version) for people to look at: a file a
 * pair, with the exact bytes of both. The same pair is kept once, however often it is offered.
 */
final class Evidence {

    private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);

    private final Path folder;

    Evidence(Path folder) {
        this.folder = folder;
    }

    /**
     * Keeps a pair durably.
     *
     * @param known the object that was here first, and stays
     * @param offered bytes of the other one
     * @param digest of the other one
     * @param source who brought the other one
     * @return the file, which exists when this returns
     * @throws UncheckedIOException when it cannot be written: an operator must look
     */
    Path keep(Entry known, byte[] offered, String digest, Source source, Instant now) {
        Path file = folder.resolve(known.facts().id() + "." + digest.substring(0, 16) + ".json");
        if (Files.exists(file)) {
            return file;
        }
        byte[] first = StoredObject.bytes(known);
        JsonObject pair = JsonObject.builder()
                .put("id", known.facts().id())
                .put("version", known.facts().version())
                .put("known", JsonObject.builder()
                        .put("seq", known.seq())
                        .put("added", known.added())
                        .put("received_from", known.facts().receivedFrom())
                        .put("sha256", known.facts().digest())
                        .put("object_base64", Base64.getEncoder().encodeToString(first))
                        .build())
                .put("refused", JsonObject.builder()
                        .put("offered", now.toString())
                        .put("offered_by", source.name())
                        .put("offered_as", source instanceof Source.Partner ? "partner" : "account")
                        .put("sha256", digest)
                        .put("object_base64", Base64.getEncoder().encodeToString(offered))
                        .build())
                .build();
        try {
            PrivateFiles.folders(folder);
            SecretFile.replace(file, CanonicalJson.bytes(pair));
        } catch (IOException e) {
            throw new UncheckedIOException("the evidence of an equivocation cannot be kept in " + folder, e);
        }
        LOG.error("equivocation: {} brought another object under the id {} and the version of one that is here; both are kept"
                + " in {}: ask its producer which one holds", source.name(), known.facts().id(), file);
        return file;
    }
}
