package uz.koprik.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The manual pages of all commands. The build of packages runs {@link #main}. */
public final class ManPages {

    private ManPages() {}

    /**
     * Writes one file per command, such as {@code koprik-case-note.1}.
     *
     * @param args the folder, and the time of the build such as {@code 2026-11-22T00:00:00Z}
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("ManPages needs a folder and a time, not " + args.length + " arguments");
        }
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (ManPage page : all(args[1].split("T", 2)[0])) {
            Files.writeString(folder.resolve(page.name() + ".1"), page.roff());
        }
    }

    /** The page of {@code koprik} and of each command below it that help lists. */
    static List<ManPage> all(String date) {
        List<ManPage> pages = new ArrayList<>();
        add(Main.commandLine(), date, pages);
        return pages;
    }

    private static void add(CommandLine command, String date, List<ManPage> pages) {
        pages.add(new ManPage(command, date));
        ManPage.shown(command).forEach(child -> add(child, date, pages));
    }
}
