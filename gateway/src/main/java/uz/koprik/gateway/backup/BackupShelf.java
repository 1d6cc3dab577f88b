package uz.koprik.gateway.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.config.BackupConfig;
import uz.koprik.gateway.config.SecretFile;

/**
 * The folder of scheduled backups of a centre. Beside each archive lies a file of JSON with its size and digest,
 * written last: an archive without one is not a backup, and is never counted, listed or removed.
 */
public final class BackupShelf {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final String ARCHIVE = ".zip.cms";
    private static final String PART = ".part";
    private static final String MARKER = ".json";
    private static final int BUFFER = 64 << 10;

    private final Path folder;
    private final String centre;
    private final Pattern names;
    private final Opener opener;

    /** Opens a new file. */
    interface Opener {
        OutputStream open(FileChannel file) throws IOException;
    }

    /** Writes an archive. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * A backup that was made to its end.
     *
     * @param made when, in whole seconds
     * @param checked whether it was restored into a scratch home before
     */
    public record Stored(Path file, Instant made, long bytes, String sha256, boolean checked) {}

    /** @param centre name of the centre, which the names of its backups hold */
    public BackupShelf(Path folder, String centre) {
        this(folder, centre, Channels::newOutputStream);
    }

    BackupShelf(Path folder, String centre, Opener opener) {
        this.folder = folder;
        this.centre = centre;
        this.names = Pattern.compile("koprik-" + Pattern.quote(centre) + "-([0-9]{8}T[0-9]{6}Z)\\.zip\\.cms");
        this.opener = opener;
    }

    /** The backups, newest first. */
    public List<Stored> list() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Stored> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                stored(file).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(Stored::made).reversed());
        return found;
    }

    private Optional<Stored> stored(Path file) throws IOException {
        Matcher name = names.matcher(file.getFileName().toString());
        Path marker = file.resolveSibling(file.getFileName() + MARKER);
        if (!name.matches() || !Files.isRegularFile(marker)) {
            return Optional.empty();
        }
        try {
            JsonObject content = StrictJson.parseObject(Files.readAllBytes(marker));
            Instant made = LocalDateTime.parse(name.group(1), TIME).toInstant(ZoneOffset.UTC);
            Optional<String> digest = content.string("sha256");
            if (content.string("centre").equals(Optional.of(centre))
                    && digest.isPresent()
                    && content.string("bytes").equals(Optional.of(Long.toString(Files.size(file))))) {
                return Optional.of(new Stored(
                        file,
                        made,
                        Files.size(file),
                        digest.get(),
                        content.string("checked").equals(Optional.of("yes"))));
            }
            return Optional.empty();
        } catch (MalformedJson | DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    /** Removes what a backup left that was interrupted. */
    void sweep() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(PART)
                        && names.matcher(name.substring(0, name.length() - PART.length()))
                                .matches()) {
                    Files.delete(file);
                }
            }
        }
    }

    /**
     * Stores an archive: writes it, reads it back, and marks it as a backup. Nothing is left of one that fails.
     *
     * @throws IOException when it cannot be written, or reads back other than it was written
     */
    Stored store(Instant now, boolean checked, Content content) throws IOException {
        Instant made = now.truncatedTo(ChronoUnit.SECONDS);
        Path file = folder.resolve(
                "koprik-" + centre + "-" + TIME.format(LocalDateTime.ofInstant(made, ZoneOffset.UTC)) + ARCHIVE);
        Path part = file.resolveSibling(file.getFileName() + PART);
        try {
            String digest = write(part, content);
            if (!digest.equals(digestOf(part))) {
                throw new IOException(part + " reads back other than it was written; look at the disk of " + folder);
            }
            Stored stored = new Stored(file, made, Files.size(part), digest, checked);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            mark(stored);
            return stored;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private String write(Path part, Content content) throws IOException {
        MessageDigest digest = sha256();
        try (FileChannel channel = PrivateFiles.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(opener.open(channel), BUFFER);
            content.writeTo(new DigestOutputStream(out, digest));
            out.flush();
            channel.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void mark(Stored stored) throws IOException {
        boolean marked = false;
        try {
            SecretFile.replace(
                    stored.file().resolveSibling(stored.file().getFileName() + MARKER),
                    CanonicalJson.text(JsonObject.builder()
                                    .put("bytes", Long.toString(stored.bytes()))
                                    .put("centre", centre)
                                    .put("checked", stored.checked() ? "yes" : "no")
                                    .put("sha256", stored.sha256())
                                    .build())
                            .getBytes(StandardCharsets.UTF_8));
            marked = true;
        } finally {
            if (!marked) {
                Files.deleteIfExists(stored.file());
            }
        }
    }

    /**
     * Removes the backups that the rule does not keep, after {@code newest} was stored.
     *
     * @return what was removed
     */
    List<Path> prune(Stored newest, BackupConfig.Keep rule) throws IOException {
        List<Stored> all = list();
        Set<Instant> kept = Retention.kept(all.stream().map(Stored::made).toList(), rule);
        List<Path> removed = new ArrayList<>();
        for (Stored old : all) {
            if (!kept.contains(old.made()) && !old.file().equals(newest.file())) {
                Files.delete(old.file());
                Files.deleteIfExists(old.file().resolveSibling(old.file().getFileName() + MARKER));
                removed.add(old.file());
            }
        }
        return removed;
    }

    /** SHA-256 of a file, in hexadecimal. */
    public static String digestOf(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file);
                OutputStream into = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            in.transferTo(into);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }
}
