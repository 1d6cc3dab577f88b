package uz.koprik.gateway.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.policy.Recipient;

/** All partners as previews of a release need them: by name, with how objects reach them. */
final class PartnerPlaces {

    private final Trust trust;
    private final Partners partners;
    private final String self;

    /** @param self identity of this centre */
    PartnerPlaces(Trust trust, Partners partners, String self) {
        this.trust = trust;
        this.partners = partners;
        this.self = self;
    }

    /**
     * A partner.
     *
     * @param title as its card names it; null for a server without a card
     * @param delivery {@code sent}, {@code fetched} by it, or {@code none}
     */
    record Place(String name, String title, String delivery, Recipient recipient) {}

    /** All, by name. */
    List<Place> all() {
        List<Place> places = new ArrayList<>();
        for (String name : names()) {
            PartnerSettings settings = partners.partner(name);
            Optional<TrustedCentre> centre = trust.centre(name);
            // A server without a card fetches nothing here.
            String delivery = settings.push() ? "sent" : centre.isPresent() ? "fetched" : "none";
            places.add(new Place(
                    name,
                    centre.map(TrustedCentre::title).orElse(null),
                    delivery,
                    trust.recipient(name, settings.agreement())));
        }
        return places;
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        trust.centres().stream()
                .filter(centre -> !centre.identity().equals(self))
                .forEach(centre -> names.add(centre.name()));
        partners.all().forEach(settings -> names.add(settings.name()));
        return names;
    }
}
