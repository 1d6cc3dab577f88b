package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.centre.StartChecks;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.HomeFiles;
import uz.koprik.gateway.config.HomeManifest;

/** The files of the home are as Koprik last wrote them; no loss was accepted without being looked at. */
final class FilesCheck implements DoctorCheck {

    @Override
    public String what() {
        return "files";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException, ConfigException {
        Optional<HomeManifest.Content> content;
        try {
            content = new HomeManifest(examined.home()).read();
        } catch (ConfigException damaged) {
            return List.of(Finding.sentence(Finding.Level.ERROR, what(), damaged.getMessage(), "; "));
        }
        List<Finding> found = new ArrayList<>();
        for (HomeFiles.Finding one : new StartChecks(examined.home(), examined.config()).findings(content)) {
            found.add(Finding.sentence(level(one.weight()), what(), one.toString(), "; "));
        }
        if (found.isEmpty()) {
            found.add(Finding.ok(
                    what(),
                    content.isPresent()
                            ? content.get().files().size() + " files are as the manifest says"
                            : "there is no manifest yet; the next start makes it"));
        }
        if (Files.exists(examined.home().losses())) {
            found.add(Finding.ok(what(), examined.home().losses() + " has the losses that an operator accepted"));
        }
        return found;
    }

    private static Finding.Level level(HomeFiles.Weight weight) {
        return switch (weight) {
            case REFUSED -> Finding.Level.ERROR;
            case WARNING -> Finding.Level.WARNING;
            case NOTE -> Finding.Level.OK;
        };
    }
}
