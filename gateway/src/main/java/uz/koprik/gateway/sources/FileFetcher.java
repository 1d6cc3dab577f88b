package uz.koprik.gateway.sources;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import uz.koprik.crypto.Sha256;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.sources.FetchedContent.NamedFile;
import uz.koprik.gateway.sources.FetchedContent.Validators;

/** A feed of files: one, or all of a folder but hidden ones. Names, sizes and times say whether something changed. */
final class FileFetcher implements SourceFetcher {

    /** What a MISP feed has besides events. */
    private static final Set<String> MISP_INDEX = Set.of("manifest.json", "hashes.csv");

    private final Path home;

    /** @param home paths are seen from here */
    FileFetcher(Path home) {
        this.home = home;
    }

    @Override
    public FetchedContent fetch(FeedSource source, Validators known, Path into, BooleanSupplier stop)
            throws SourceFailure {
        Path path = home.resolve(source.path());
        try {
            List<Path> paths = Files.isDirectory(path) ? files(path, source) : List.of(path);
            StringBuilder state = new StringBuilder();
            List<NamedFile> files = new ArrayList<>();
            long bytes = 0;
            for (Path file : paths) {
                bytes += Files.size(file);
                state.append(file)
                        .append('\0')
                        .append(Files.size(file))
                        .append('\0')
                        .append(Files.getLastModifiedTime(file))
                        .append('\0');
                files.add(new NamedFile(file.getFileName().toString(), file));
            }
            if (files.isEmpty()) {
                throw new SourceFailure("there is no file in " + path + ": put the feed there, or correct \"path\"");
            }
            if (bytes > source.maxSize().bytes()) {
                throw new SourceFailure("the feed has more than " + source.maxSize()
                        + ": raise \"max_size\" of this feed if that is right");
            }
            String digest = Sha256.hex(state.toString().getBytes(StandardCharsets.UTF_8));
            return digest.equals(known.etag())
                    ? new FetchedContent.NotModified()
                    : new FetchedContent.Files(files, new Validators(digest, ""));
        } catch (IOException unreadable) {
            throw new SourceFailure(
                    path
                            + " cannot be read: put the feed there, correct \"path\", or give this process the right to read it",
                    unreadable);
        }
    }

    private static List<Path> files(Path folder, FeedSource source) throws IOException {
        Set<String> others = source.format().equals("misp") ? MISP_INDEX : Set.of();
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                            && !file.getFileName().toString().startsWith(".")
                            && !others.contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }
}
