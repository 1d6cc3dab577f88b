package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.trust.CardContents;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.renewal.CardFindings;
import uz.koprik.gateway.renewal.OwnCardMaker;

/** Partners can use the card of this centre, and it says what the settings say. */
final class CardCheck implements DoctorCheck {

    @Override
    public String what() {
        return "card";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException, ConfigException, StartFailure, TrustListRejected {
        Optional<CentreCard> read = examined.card();
        if (read.isEmpty()) {
            return List.of(Finding.warning(
                    what(),
                    examined.home().ownCard() + " cannot be read",
                    "run `koprik partner card`, which makes it anew"));
        }
        CentreCard card = read.get();
        Config config = examined.config();
        List<Finding> found = new ArrayList<>();
        CardContents contents = new OwnCardMaker(config, examined.keys())
                .contents(
                        card.identity(),
                        examined.trust().ownCompromised(),
                        url(examined),
                        card.endpoint(),
                        examined.clock().instant());
        if (!card.says(contents)) {
            found.add(Finding.warning(
                    what(),
                    "the card does not say what koprik.yaml and the keys say now",
                    "start the centre again, or run `koprik partner card`: both make the card anew"));
        }
        for (String sentence :
                CardFindings.ofAddress(contents.endpoint(), examined.keys().tlsCertificate())) {
            found.add(Finding.sentence(Finding.Level.WARNING, what(), sentence, ": "));
        }
        if (found.isEmpty()) {
            found.add(Finding.ok(what(), "number " + card.sequence() + ", address " + card.endpoint()));
        }
        return found;
    }

    /** Where the running centre says that it answers; needed where the system chose the port. */
    private static Optional<String> url(Examined examined) throws IOException {
        return Files.exists(examined.home().url())
                ? Optional.of(Files.readString(examined.home().url()).strip())
                : Optional.empty();
    }
}
