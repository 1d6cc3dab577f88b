package uz.koprik.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The manual pages name what the commands have, in the form that man reads. */
class ManPageTest {

    private static final String DATE = "2026-11-22";
    private static final Set<String> MACROS = Set.of(".TH", ".SH", ".TP", ".nh", ".ad", ".nf", ".fi", ".sp");
    private static final Map<String, String> PAGES = ManPages.all(DATE).stream()
            .collect(Collectors.toMap(ManPage::name, ManPage::roff, (a, b) -> a, TreeMap::new));

    private static Map<String, CommandLine> commands() {
        Map<String, CommandLine> all = new TreeMap<>();
        add(Main.commandLine(), all);
        return all;
    }

    private static void add(CommandLine command, Map<String, CommandLine> all) {
        if (!command.getCommandSpec().usageMessage().hidden()) {
            all.put(command.getCommandSpec().qualifiedName("-"), command);
            command.getSubcommands().values().forEach(child -> add(child, all));
        }
    }

    @Test
    void everyCommandThatHelpListsHasAPage() {
        assertEquals(commands().keySet(), PAGES.keySet());
    }

    @Test
    void everyOptionAndItsFirstWordsAreOnThePage() {
        Set<String> missing = new TreeSet<>();
        commands().forEach((name, command) -> command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> {
                    String page = PAGES.get(name).replace("\\-", "-").replace("[no-]", "");
                    for (String one : option.names()) {
                        if (!page.contains("\\fB" + one + "\\fR")) {
                            missing.add(name + " " + one);
                        }
                    }
                    String words = option.description()[0].split("[.,:$%@(]", 2)[0];
                    if (!page.contains(words)) {
                        missing.add(name + " " + option.longestName() + ": " + words);
                    }
                }));
        assertEquals(Set.of(), missing);
    }

    @Test
    void pagesConsistOfKnownMacrosAndText() {
        Pattern escape = Pattern.compile("\\\\(?!-|e|&|f[BIR]|\\(dq)");
        PAGES.forEach((name, page) -> {
            Set<String> macros = page.lines()
                    .filter(line -> line.startsWith(".") || line.startsWith("'"))
                    .map(line -> line.split(" ", 2)[0])
                    .collect(Collectors.toSet());
            macros.removeAll(MACROS);
            assertEquals(Set.of(), macros, name);
            assertTrue(escape.matcher(page).results().findAny().isEmpty(), name + " has an unknown escape");
            assertTrue(page.lines().noneMatch(line -> line.contains("${") || line.contains("@|")), name);
            for (String heading : List.of("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS")) {
                assertTrue(page.contains(".SH \"" + heading + "\"\n"), name + " has no " + heading);
            }
        });
    }

    /** A command of nothing but awkward words. */
    @Command(
            name = "awkward",
            description = {".TH is no macro here: \\n stays", "'quoted' 100%% sure."})
    static final class Awkward implements Runnable {
        @Option(names = "--level", defaultValue = "7", description = "A level (default: ${DEFAULT-VALUE}).")
        private int level;

        @Override
        public void run() {
            throw new IllegalStateException("level " + level);
        }
    }

    @Test
    void textIsNeverReadAsMacros() {
        Function<String, Boolean> has = new ManPage(new CommandLine(new Awkward()), DATE).roff()::contains;
        assertTrue(has.apply("\nawkward \\- .TH is no macro here\n"));
        assertTrue(has.apply("\n\\&.TH is no macro here: \\en stays\n"));
        assertTrue(has.apply("\n\\&'quoted' 100% sure.\n"));
        assertTrue(has.apply("A level (default: 7).\n"));
    }

    @Test
    void writesAFilePerCommand(@TempDir Path folder) throws Exception {
        ManPages.main(new String[] {folder.resolve("man").toString(), DATE + "T00:00:00Z"});
        try (Stream<Path> files = Files.list(folder.resolve("man"))) {
            assertEquals(
                    PAGES.keySet().stream().map(name -> name + ".1").collect(Collectors.toSet()),
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
        }
        String page = Files.readString(folder.resolve("man/koprik-serve.1"));
        assertEquals(PAGES.get("koprik-serve"), page);
        assertThrows(IllegalArgumentException.class, () -> ManPages.main(new String[0]));
    }
}
