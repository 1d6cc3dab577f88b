package uz.koprik.gateway.intake;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.config.SecretFile;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoredObject;

/**
 * Keeps both objects of an equivocation (two different objects under one id and version) for people to look at: a file
 * per pair with the exact bytes of the refused one, and a file per known object, to which its pairs refer. The same
 * pair is kept once, however often it is offered. One source, and all of them, take a bounded room; what is over it is
 * counted and logged.
 *
 * <p>Safe for use by many threads at once.
 */
final class Evidence {

    private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);

    /** Folder of known objects, each named by its digest. */
    private static final String KNOWN = "known";

    private final Path folder;
    private final EvidenceQuota room;

    Evidence(Path folder) {
        this.folder = folder;
        this.room = new EvidenceQuota(folder);
    }

    /** Replaces the bounds, in bytes. */
    void bound(long total, long perSource) {
        room.bound(total, perSource);
    }

    /**
     * Keeps a pair durably, if there is room.
     *
     * @param known the object that was here first, and stays
     * @param offered bytes of the other one
     * @param digest of the other one
     * @param source who submitted the other one
     * @return whether the pair is kept when this returns
     */
    synchronized boolean keep(Entry known, byte[] offered, String digest, Source source, Instant now) {
        Path file = folder.resolve(name(known, digest));
        if (Files.exists(file)) {
            return true;
        }
        try {
            Path first = folder.resolve(KNOWN).resolve(known.facts().digest() + ".json");
            byte[] pair = CanonicalJson.bytes(pair(known, first, offered, digest, source, now));
            byte[] object = Files.exists(first) ? new byte[0] : StoredObject.bytes(known);
            if (!room.take(source, pair.length, object.length)) {
                return false;
            }
            boolean kept = false;
            try {
                PrivateFiles.folders(first.getParent());
                if (object.length > 0) {
                    SecretFile.replace(first, object);
                }
                SecretFile.replace(file, pair);
                kept = true;
            } finally {
                if (!kept) {
                    room.giveBack(source, pair.length, object.length);
                    if (object.length > 0) {
                        Files.deleteIfExists(first);
                    }
                }
            }
        } catch (IOException e) {
            LOG.error("the evidence of an equivocation cannot be kept in {}: {}", folder, e.toString());
            return false;
        }
        LOG.error(
                "evidence: {} submitted another object under the id {}, which is taken; both are kept in {}: ask the producer which one"
                        + " holds",
                source.name(),
                known.facts().id(),
                file);
        return true;
    }

    /**
     * Removes the pairs about objects that were erased, with the objects in them.
     *
     * @param ids of the objects
     * @param digests of all their versions
     */
    synchronized void erase(Collection<String> ids, Collection<String> digests) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Set<String> gone = Set.copyOf(ids);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (gone.contains(name.substring(0, name.indexOf('.')))) {
                    Files.delete(file);
                }
            }
        }
        for (String digest : digests) {
            Files.deleteIfExists(folder.resolve(KNOWN).resolve(digest + ".json"));
        }
        SecretFile.flushFolder(folder);
        room.measureAgain();
    }

    /** The name of the file of a pair. */
    static String name(Entry known, String digest) {
        return known.facts().id() + "." + digest.substring(0, 16) + ".json";
    }

    private JsonObject pair(Entry known, Path first, byte[] offered, String digest, Source source, Instant now) {
        return JsonObject.builder()
                .put("id", known.facts().id())
                .put("version", known.facts().version())
                .put(
                        "known",
                        JsonObject.builder()
                                .put("seq", known.seq())
                                .put("added", known.added())
                                .put("received_from", known.facts().receivedFrom())
                                .put("sha256", known.facts().digest())
                                .put("object_file", KNOWN + "/" + first.getFileName())
                                .build())
                .put(
                        "refused",
                        JsonObject.builder()
                                .put("offered", now.toString())
                                .put("offered_by", source.name())
                                .put("offered_as", EvidenceQuota.kind(source))
                                .put("sha256", digest)
                                .put("object_base64", Base64.getEncoder().encodeToString(offered))
                                .build())
                .build();
    }
}
