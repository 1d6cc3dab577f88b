package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.HomeModes;

/** Only the owner can use the home, and all of it belongs to one owner. */
final class PermissionsCheck implements DoctorCheck {

    @Override
    public String what() {
        return "permissions";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException {
        Path root = examined.home().root();
        HomeModes modes = new HomeModes(examined.home());
        List<Finding> found = new ArrayList<>();
        try {
            modes.check();
        } catch (ConfigException wrong) {
            found.add(Finding.sentence(Finding.Level.ERROR, what(), wrong.getMessage(), "; "));
        }
        List<Path> open = modes.open();
        if (found.isEmpty() && !open.isEmpty()) {
            found.add(Finding.warning(
                    what(),
                    open.size() + " files and folders can be used by others than the owner, " + open.getFirst()
                            + " among them",
                    "run: chmod -R go= " + root + " (or start the centre, which does the same)"));
        }
        String owner = String.valueOf(Files.getOwner(root));
        for (Path path : List.of(
                examined.home().keys(), examined.home().state(), examined.home().accounts())) {
            if (Files.exists(path) && !owner.equals(String.valueOf(Files.getOwner(path)))) {
                found.add(Finding.error(
                        what(),
                        path + " belongs to " + Files.getOwner(path) + ", and the home to " + owner,
                        "run: chown -R " + owner + " " + root));
            }
        }
        if (found.isEmpty()) {
            found.add(Finding.ok(what(), "only the owner can use the home"));
        }
        return found;
    }
}
