package uz.koprik.gateway.sources;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uz.koprik.crypto.Sha256;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.sources.FetchedContent.Earlier;
import uz.koprik.gateway.sources.FetchedContent.EventFile;
import uz.koprik.gateway.sources.FetchedContent.NamedFile;
import uz.koprik.gateway.sources.FetchedContent.Validators;
import uz.koprik.gateway.trouble.SourceTrouble;

/**
 * A feed of files: one, or all of a folder but hidden ones. Names, sizes and times say whether something changed. Each
 * file of a MISP feed is an event of its own.
 */
final class FileFetcher implements SourceFetcher {

    /** What a MISP feed has besides events. */
    private static final Set<String> MISP_INDEX = Set.of(MispManifest.NAME, "hashes.csv");

    private final Path home;

    /** @param home paths are seen from here */
    FileFetcher(Path home) {
        this.home = home;
    }

    @Override
    public FetchedContent fetch(FeedSource source, Earlier earlier, Path into, BooleanSupplier stop)
            throws SourceFailure {
        Path path = home.resolve(source.path());
        try {
            boolean misp = Files.isDirectory(path) && isMisp(path, source);
            List<Path> paths = Files.isDirectory(path) ? files(path, misp) : List.of(path);
            StringBuilder state = new StringBuilder();
            List<EventFile> files = new ArrayList<>();
            long bytes = 0;
            for (Path file : paths) {
                EventFile one = file(file);
                bytes += one.bytes();
                state.append(file).append('\0').append(one.version()).append('\0');
                files.add(one);
            }
            if (files.isEmpty()) {
                throw new SourceFailure(SourceTrouble.FEED_NO_FILE.with(Map.of("path", path)));
            }
            if (bytes > source.maxSize().bytes()) {
                throw new SourceFailure(SourceTrouble.FEED_TOO_LARGE.with(Map.of("size", source.maxSize())));
            }
            String digest = Sha256.hex(state.toString().getBytes(StandardCharsets.UTF_8));
            if (digest.equals(earlier.validators().etag())) {
                return new FetchedContent.NotModified();
            }
            Validators validators = new Validators(digest, "");
            return misp
                    ? events(files, earlier, validators)
                    : new FetchedContent.Files(
                            files.stream().map(EventFile::file).toList(), validators);
        } catch (IOException unreadable) {
            throw new SourceFailure(SourceTrouble.FEED_PATH_UNREADABLE.with(Map.of("path", path)), unreadable);
        }
    }

    private static boolean isMisp(Path folder, FeedSource source) throws IOException {
        Path manifest = folder.resolve(MispManifest.NAME);
        return MispManifest.isStated(source)
                || (source.format().isEmpty()
                        && Files.isRegularFile(manifest, LinkOption.NOFOLLOW_LINKS)
                        && MispManifest.read(manifest).isPresent());
    }

    /** A file, with a version that size and time decide. */
    private static EventFile file(Path file) throws IOException {
        String name = file.getFileName().toString();
        long bytes = Files.size(file);
        String version = bytes + " " + Files.getLastModifiedTime(file);
        return new EventFile(
                MispManifest.event(name).orElseGet(() -> ForeignObject.key(name.getBytes(StandardCharsets.UTF_8))),
                SourceObjects.digest(version.getBytes(StandardCharsets.UTF_8)),
                bytes,
                new NamedFile(name, file));
    }

    private static FetchedContent events(List<EventFile> files, Earlier earlier, Validators validators) {
        Map<Boolean, List<EventFile>> known = files.stream().collect(Collectors.partitioningBy(file -> {
            SourceEvents.Taken before = earlier.events().get(file.event());
            return before != null && before.version() == file.version();
        }));
        return new FetchedContent.Events(
                known.get(false),
                known.get(true).stream().map(EventFile::event).collect(Collectors.toSet()),
                Set.of(),
                List.of(),
                validators);
    }

    private static List<Path> files(Path folder, boolean misp) throws IOException {
        Set<String> others = misp ? MISP_INDEX : Set.of();
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                            && !file.getFileName().toString().startsWith(".")
                            && !others.contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }
}
