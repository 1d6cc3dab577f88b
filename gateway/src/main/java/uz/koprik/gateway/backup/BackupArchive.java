package uz.koprik.gateway.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.crypto.envelope.Envelope;

/** A backup folder as one encrypted file: a ZIP in an {@link Envelope}. */
public final class BackupArchive {

    private BackupArchive() {}

    /** Writes all of a folder. {@code out} stays open. */
    static void write(Path folder, PublicKey recipient, OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Envelope.seal(recipient, out));
                Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted().toList()) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (Files.isDirectory(path)) {
                    if (!name.isEmpty()) {
                        zip.putNextEntry(new ZipEntry(name + "/"));
                    }
                } else {
                    zip.putNextEntry(new ZipEntry(name));
                    Files.copy(path, zip);
                }
            }
        }
    }

    /**
     * Unpacks an archive. Only when this returns is its content proven to be what was sealed.
     *
     * @param folder does not exist yet; removed again when anything is wrong
     * @throws IOException when it is sealed to another key, cut or changed: says which
     */
    public static void unpack(Path archive, PrivateKey key, Path folder) throws IOException {
        if (Files.exists(folder)) {
            throw new IOException(folder + " exists already: remove it, or name another");
        }
        PrivateFiles.folders(folder);
        boolean whole = false;
        try (InputStream file = Files.newInputStream(archive)) {
            InputStream opened = open(archive, key, file);
            unzip(archive, opened, folder);
            whole = true;
        } finally {
            if (!whole) {
                remove(folder);
            }
        }
    }

    private static InputStream open(Path archive, PrivateKey key, InputStream file) throws IOException {
        try {
            return Envelope.open(key, file);
        } catch (IOException wrong) {
            throw new IOException(archive + " cannot be opened: " + wrong.getMessage(), wrong);
        }
    }

    private static void unzip(Path archive, InputStream opened, Path folder) throws IOException {
        ZipInputStream zip = new ZipInputStream(opened);
        while (true) {
            ZipEntry entry = read(archive, zip::getNextEntry);
            if (entry == null) {
                break;
            }
            Path target = folder.resolve(entry.getName()).normalize();
            if (!target.startsWith(folder)) {
                throw new IOException(archive + " holds a file outside of its folder; it is not a backup");
            }
            if (entry.isDirectory()) {
                PrivateFiles.folders(target);
                continue;
            }
            PrivateFiles.folders(target.getParent());
            PrivateFiles.touch(target);
            try (OutputStream out = Files.newOutputStream(target)) {
                byte[] buffer = new byte[64 << 10];
                for (int n = part(archive, zip, buffer); n >= 0; n = part(archive, zip, buffer)) {
                    out.write(buffer, 0, n);
                }
            }
        }
        // The seal is behind the last byte.
        read(archive, () -> opened.transferTo(OutputStream.nullOutputStream()));
    }

    private static int part(Path archive, InputStream in, byte[] buffer) throws IOException {
        return read(archive, () -> in.read(buffer));
    }

    /** Reads from an archive. */
    private interface Reading<T> {
        T from() throws IOException;
    }

    private static <T> T read(Path archive, Reading<T> reading) throws IOException {
        try {
            return reading.from();
        } catch (IOException broken) {
            throw new IOException(archive + " is cut or changed: take another backup", broken);
        }
    }

    /** Removes a folder with all that is in it, if it is there. */
    public static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
