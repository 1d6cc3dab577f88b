package uz.koprik.indicators.stix.rules;

import java.util.Arrays;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;

/** Language tags (RFC 5646), with the languages of ISO 639-1 and ISO 639-2. */
public final class Languages {

    /**
     * The codes of ISO 639-2 that have no counterpart in ISO 639-1, and the bibliographic ones beside those that have.
     */
    private static final String THREE_LETTERS =
            """
            ace ach ada ady afa afh ain akk ale alg alt ang anp apa arc arn arp art arw ast ath aus awa bad bai bal ban bas
            bat bej bem ber bho bik bin bla bnt bra btk bua bug byn cad cai car cau ceb cel chb chg chk chm chn cho chp chr
            chy cmc cnr cop cpe cpf cpp crh crp csb cus dak dar day del den dgr din doi dra dsb dua dum dyu efi egy eka elx
            enm ewo fan fat fil fiu fon frm fro frr frs fur gaa gay gba gem gez gil gmh goh gon gor got grb grc gsw gwi hai
            haw hil him hit hmn hsb hup iba ijo ilo inc ine inh ira iro jbo jpr jrb kaa kab kac kam kar kaw kbd kha khi kho
            kmb kok kos kpe krc krl kro kru kum kut lad lah lam lez lol loz lua lui lun luo lus mad mag mai mak man map mas
            mdf mdr men mga mic min mis mkh mnc mni mno moh mos mul mun mus mwl mwr myn myv nah nai nap nds new nia nic niu
            nog non nqo nso nub nwc nym nyn nyo nzi osa ota oto paa pag pal pam pap pau peo phi phn pon pra pro raj rap rar
            roa rom rup sad sah sai sal sam sas sat scn sco sel sem sga sgn shn sid sio sit sla sma smi smj smn sms snk sog
            son srn srr ssa suk sus sux syc syr tai tem ter tet tig tiv tkl tlh tli tmh tog tpi tsi tum tup tut tvl tyv udm
            uga umb und vai vot wak wal war was wen xal yao yap ypk zap zbl zen znd zun zxx zza
            alb arm baq bur chi cze dut fre geo ger gre ice mac mao may per rum slo tib wel""";

    private static final Set<String> LANGUAGES = languages();
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private Languages() {}

    /** Whether {@code s} is a well-formed tag of a language and, where it says one, a country that exist. */
    public static boolean isTag(String s) {
        if (s.length() == 2) {
            return LANGUAGES.contains(s);
        }
        try {
            Locale locale = new Locale.Builder().setLanguageTag(s).build();
            int end = s.indexOf('-');
            String language = end < 0 ? s : s.substring(0, end);
            String country = locale.getCountry();
            return LANGUAGES.contains(language) && (country.length() != 2 || COUNTRIES.contains(country));
        } catch (IllformedLocaleException e) {
            return false; // not even the form of a tag
        }
    }

    /** Whether {@code s} is a country of ISO 3166-1, in two letters of either case. */
    public static boolean isCountry(String s) {
        return COUNTRIES.contains(s.toUpperCase(Locale.ROOT));
    }

    private static Set<String> languages() {
        Set<String> all = new HashSet<>(Arrays.asList(THREE_LETTERS.split("\\s+")));
        for (String code : Locale.getISOLanguages()) {
            all.add(code);
            all.add(Locale.of(code).getISO3Language());
        }
        return Set.copyOf(all);
    }
}
