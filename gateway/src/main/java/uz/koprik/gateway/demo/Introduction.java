package uz.koprik.gateway.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cards handed over and added, as operators do it. */
final class Introduction {

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9A-Z]{4}(-[0-9A-Z]{4}){3}");

    private Introduction() {}

    /**
     * A card as its owner hands it over.
     *
     * @param file where it lies
     * @param fingerprint as its owner reads it aloud
     */
    record Card(Path file, String fingerprint) {}

    static Card card(DemoCentre centre) throws DemoFailed {
        Path file = centre.home().root().resolveSibling(centre.name() + "-card.json");
        String said = centre.aside("partner", "card", "--output", file.toString());
        Matcher fingerprint = FINGERPRINT.matcher(said);
        if (!fingerprint.find()) {
            throw new DemoFailed("koprik partner card printed no fingerprint: " + said);
        }
        return new Card(file, fingerprint.group());
    }

    static void add(DemoCentre centre, Card card, boolean feeds) throws DemoFailed {
        List<String> arguments =
                new ArrayList<>(List.of("partner", "add", card.file().toString(), "--fingerprint", card.fingerprint()));
        arguments.addAll(feeds ? List.of("--pull", "--push") : List.of("--no-pull", "--no-push"));
        centre.koprik(arguments.toArray(new String[0]));
    }
}
