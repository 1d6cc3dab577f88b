package uz.koprik.indicators.observable.text;

import java.util.Set;
import uz.koprik.indicators.observable.Defang;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.network.Hosts;
import uz.koprik.indicators.observable.network.TopLevelDomains;

/**
 * Words that look like files. A file name has the form of a domain name; reported as one, it would be an indicator at
 * partners a moment later.
 */
public final class FileNames {

    /** Endings of file names that are no top-level domains. */
    private static final Set<String> ENDINGS = Set.of(
            // programs, libraries and what starts them
            ("exe dll scr sys drv ocx cpl msi msp msu msix appx bat cmd vbs vbe js jse mjs cjs wsf wsh hta ps1 psm1 psd1 lnk"
                            + " pif jar war ear class apk aab ipa elf bin deb rpm dmg pkg dylib reg inf chm jnlp gadget"
                            // documents
                            + " doc docx docm dotx dotm xls xlsx xlsm xlsb xlt xltx xltm xlam csv tsv ppt pptx pptm pps"
                            + " ppsx ppsm pot potx odt ods odp odg rtf pdf txt tex epub djvu fb2 xps"
                            + " onepkg vsd vsdx mpp accdb mdb pages"
                            // data, settings, logs
                            + " json jsonl ndjson xml xsd xsl xslt yaml yml toml ini cfg conf config env sql sqlite"
                            + " sqlite3 db dbf parquet avro log evtx evt etl pcap pcapng cap dmp mdmp core tmp temp bak old"
                            + " swp dat stix stix2 yar yara rules ioc plist crt cer pem der pfx p12 p7b p7s csr jks kdbx gpg"
                            + " asc sig md5 sha1 sha256 lock"
                            // web and source text
                            + " html htm xhtml mhtml php php3 php5 phtml asp aspx ashx asmx jsp jspx css scss less vue tsx jsx"
                            + " java kt kts scala groovy c cpp cxx hpp cs fs vb go rb lua swift ipynb r gradle asm pdb"
                            + " obj lib dart erl hs clj"
                            // archives and images of disks
                            + " 7z rar gz tgz tar bz2 tbz2 xz txz zst lz4 lzma z arj ace iso img vhd vhdx vmdk vdi ova ovf qcow2"
                            + " wim"
                            // pictures, sound, film, mail
                            + " png jpg jpeg jpe gif bmp svg ico tif tiff webp heic psd eps raw mp3 wav ogg flac aac wma m4a"
                            + " mp4 avi mkv wmv flv webm mpg mpeg m4v 3gp eml msg pst ost mbox ics vcf ttf otf woff woff2"
                            + " torrent crx xpi swf")
                    .split(" "));

    /** Endings of usual files that are top-level domains as well, below which hardly anybody registers names. */
    private static final Set<String> MOSTLY_FILES = Set.of("zip", "mov", "sh", "py", "cab", "so", "pub", "ps", "pm");

    /**
     * Endings of usual files below which many domains are. {@code .com} is none of them: names below it are nearly
     * always domains.
     */
    private static final Set<String> ALSO_TOP_LEVEL = Set.of(("pl rs md app ph in am ai cc ml mm mk ms la al as ac cl"
                    + " do gs is it mo re sc st tf vi ws run cat map inc data dot download link bar foo page box prof"
                    + " id ps me cr ad vc")
            .split(" ", -1));

    /** Names of usual files, without their endings. */
    private static final Set<String> STEMS = Set.of(("index main config configure configuration makefile setup install"
                    + " installer uninstall readme license licence changelog contributing todo notes run start stop"
                    + " test tests script payload update updater program init build deploy default loader dropper"
                    + " backup exploit miner shell cmd util utils helper helpers common core lib mod server client"
                    + " app module package settings options login admin upload download downloader launcher patch"
                    + " crack keygen decoder encoder parser scanner bot worker cron daemon service agent stage stage1"
                    + " stage2 stager cleanup clean check monitor functions func conf env example sample template"
                    + " dump data file document report invoice image photo scan libfoo requirements manifest model"
                    + " models views urls manage wsgi asgi tasks constants types errors info version history"
                    + " architecture design security code_of_conduct faq guide tutorial summary overview")
            .split(" ", -1));

    /** Words with a dot that are names of products or of code and hardly ever meant as domains. */
    private static final Set<String> WORDS = Set.of(
            "asp.net",
            "ado.net",
            "vb.net",
            "ml.net",
            "system.net",
            "system.io",
            "java.net",
            "java.io",
            "socket.io",
            "android.app",
            "android.net",
            "os.name",
            "user.name",
            "file.name",
            "user.id",
            "this.id",
            "self.id",
            "self.name",
            "this.name",
            "system.data",
            "e.target",
            "p.st",
            "i.am",
            "and.or");

    /** Top-level domains with hardly any name below, which are words of code and of prose. */
    private static final Set<String> WORD_ENDINGS =
            Set.of("here", "java", "data", "play", "like", "call", "final", "prime", "android", "aaa", "abc", "foo");

    private FileNames() {}

    /** Whether a domain in normal form ends as files do and no domain of the Internet. */
    public static boolean isFileName(String domain) {
        return ENDINGS.contains(last(domain, domain.length()));
    }

    /**
     * Whether a domain in normal form may be the name of a file: it ends so, or the word is a usual file name and the
     * ending a top-level domain as well ({@code run.sh}, {@code config.pl}, {@code x.tar.zip}, {@code app-1.2.so}).
     */
    public static boolean mayBeFileName(String domain) {
        String last = last(domain, domain.length());
        if (ENDINGS.contains(last)) {
            return true;
        }
        int dot = domain.length() - last.length() - 1;
        boolean mostly = MOSTLY_FILES.contains(last);
        if (dot <= 0 || !(mostly || ALSO_TOP_LEVEL.contains(last))) {
            return false;
        }
        String before = last(domain, dot);
        boolean twoLabels = before.length() == dot;
        if (twoLabels) {
            return mostly || isUsualStem(before);
        }
        if (mostly && TopLevelDomains.isKnown(domain.substring(0, dot))) {
            return true; // the archive of a site, example.com.zip
        }
        // x.tar.zip, v1.2.zip
        return ENDINGS.contains(before) || MOSTLY_FILES.contains(before) || isNumber(before);
    }

    private static boolean isUsualStem(String stem) {
        String word = stem.replaceAll("[-_0-9]+$", "");
        return stem.indexOf('_') >= 0
                || STEMS.contains(stem)
                || STEMS.contains(word)
                || (word.startsWith("lib") && word.length() > 3)
                || stem.startsWith("cve-");
    }

    private static boolean isNumber(String label) {
        return label.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /**
     * Whether a word in the form of a domain reads as names, code or the end of a sentence: {@code John.Black},
     * {@code asp.net}, {@code done.It}, {@code README.md}.
     *
     * @param written as in the text, without defanging
     */
    static boolean readsAsWords(String written) {
        int dot = written.lastIndexOf('.');
        if (dot <= 0) {
            return false;
        }
        String last = written.substring(dot + 1);
        if (WORD_ENDINGS.contains(last.toLowerCase(java.util.Locale.ROOT))) {
            return true;
        }
        if (written.indexOf('.') != dot) {
            // java.util.Map, org.example.Main.run: a class after packages in small letters
            boolean small = Character.isLowerCase(written.charAt(0));
            boolean capital = false;
            for (int i = written.indexOf('.'); i >= 0 && i + 2 < written.length(); i = written.indexOf('.', i + 1)) {
                capital |= Character.isUpperCase(written.charAt(i + 1)) && Character.isLowerCase(written.charAt(i + 2));
            }
            return small && capital;
        }
        if (dot == 1 && last.length() == 2 && Character.isLetter(written.charAt(0))) {
            return true; // m.in, as abbreviations are written; t.me alone is doubtful as well
        }
        if (WORDS.contains(written.toLowerCase(java.util.Locale.ROOT))) {
            return true;
        }
        boolean title =
                last.length() > 1 && Character.isUpperCase(last.charAt(0)) && Character.isLowerCase(last.charAt(1));
        return title
                && !Set.of("Com", "Net", "Org", "Info", "Ru", "Uz", "De", "Hu", "Kr")
                        .contains(last);
    }

    /**
     * Whether a recognised value, whose kind nobody named, may be the name of a file. A defanged name is meant as a
     * name, unless no domain can end so.
     *
     * @param text as it was written
     */
    public static boolean isDoubtful(String text, Observable value) {
        return switch (value.kind().networkRole()) {
            case HOST_NAME -> isFileName(value.value()) || (looksLikeFile(text, value) && !isDefanged(text));
            case URL ->
                text.indexOf("://") < 0
                        && !isDefanged(text)
                        && isFileName(Hosts.of(value).orElseThrow().value());
            case ADDRESS, NETWORK, MAILBOX, FILE_HASH, NONE -> false;
        };
    }

    /**
     * Whether a text has the form of a path: {@code ./a.zip}, {@code ../a}, {@code ~/a}, {@code /tmp/a}, {@code C:\a},
     * {@code a\b.txt}, {@code dir/file.txt}. A URL without its scheme has not, since its first part is a domain.
     */
    public static boolean isPath(String given) {
        String text = given.strip();
        if (text.startsWith("./") || text.startsWith("../") || text.startsWith("~/") || text.startsWith("file:")) {
            return true;
        }
        boolean drive = text.length() > 2
                && Character.isLetter(text.charAt(0))
                && text.charAt(1) == ':'
                && (text.charAt(2) == '\\' || text.charAt(2) == '/');
        if (drive || text.startsWith(".\\") || text.startsWith("..\\") || text.startsWith("\\\\")) {
            return true;
        }
        if (text.startsWith("/")) {
            return text.length() > 1 && text.charAt(1) != '/';
        }
        int end = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\'));
        int first = text.indexOf(end >= 0 && text.charAt(end) == '\\' ? '\\' : '/');
        // The first part of a URL without a scheme has a dot; a registry key ends in no file.
        return end > 0
                && text.indexOf("://") < 0
                && text.lastIndexOf('.', first) < 0
                && ENDINGS.contains(last(text.toLowerCase(java.util.Locale.ROOT), text.length()));
    }

    private static boolean looksLikeFile(String text, Observable value) {
        // README.md and TODO.md: capitals and a small ending
        int dot = text.lastIndexOf('.');
        boolean capitals = dot > 2
                && text.indexOf('.') == dot
                && ALSO_TOP_LEVEL.contains(text.substring(dot + 1))
                && text.chars().limit(dot).allMatch(c -> (c >= 'A' && c <= 'Z') || c == '_' || c == '-');
        boolean program = text.endsWith(".app") && text.indexOf('.') == dot && Character.isUpperCase(text.charAt(0));
        return capitals || program || mayBeFileName(value.value());
    }

    private static boolean isDefanged(String text) {
        return !Defang.refang(text).equals(text);
    }

    private static String last(String name, int end) {
        return name.substring(name.lastIndexOf('.', end - 1) + 1, end);
    }
}
