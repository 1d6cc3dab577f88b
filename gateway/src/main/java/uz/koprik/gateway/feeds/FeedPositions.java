package uz.koprik.gateway.feeds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import uz.koprik.indicators.store.StoreUnavailable;

/** How far the feeds of a stopped centre got, in the files of its home. */
public final class FeedPositions {

    private static final String ENDING = ".json";

    private FeedPositions() {}

    /** The last entry that each feed has pushed or passed over, by its file. */
    public static Map<Path, Long> pushed(Path state) throws IOException {
        Map<Path, Long> pushed = new TreeMap<>();
        for (Path file : files(state)) {
            pushed.put(file, PartnerState.open(new FileKeeper(file)).now().pushedSeq());
        }
        return pushed;
    }

    /** What a home remembers of the exchange with each partner, by the name of the partner. Changes nothing. */
    public static Map<String, PartnerState.Memory> memories(Path state) throws IOException {
        Map<String, PartnerState.Memory> memories = new TreeMap<>();
        for (Path file : files(state)) {
            String name = file.getFileName().toString();
            memories.put(
                    name.substring(0, name.length() - ENDING.length()),
                    PartnerState.open(new FileKeeper(file)).now());
        }
        return memories;
    }

    /**
     * Lets feeds go on after entries were lost: pushes begin after {@code last}, and pulls ask for everything once
     * more, since what partners sent may be among what was lost.
     */
    public static void rewind(Path state, long last) throws IOException {
        for (Path file : files(state)) {
            try {
                PartnerState.open(new FileKeeper(file)).change(memory -> memory.withoutPulled()
                        .withPushed(Math.min(memory.pushedSeq(), last), memory.pushedSight())
                        .withWaiting(memory.waitingPushes().upTo(last)));
            } catch (StoreUnavailable impossible) {
                throw new IOException(impossible.getMessage(), impossible);
            }
        }
    }

    private static List<Path> files(Path state) throws IOException {
        Path folder = state.resolve("partners");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }
}
