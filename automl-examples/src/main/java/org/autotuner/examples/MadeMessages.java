package org.autotuner.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;

/**
 * Short messages that are spam or ham. No word gives either away: friends win prizes, banks write about accounts, and those who
 * want money say hello.
 */
final class MadeMessages {

    private static final double SPAM = 0.3;

    private static final String[] SPAM_TEMPLATES = {
        "<hello> <you> won <prize>, <act> to claim it",
        "<prize> is waiting for you, <act> <soon>",
        "final notice: your <account> will be closed, <act> <soon>",
        "your <account> shows a problem, <act> and confirm your password",
        "<hello> your parcel is held back, <act> and pay <sum> for the delivery",
        "cheap <goods> <soon>, <act>",
        "make <sum> <daily> from home, no experience, <act>",
        "need money <soon>? a loan of <sum> without questions, <act>",
        "lonely? people <place> want to meet you <soon>, <act>",
        "<you> have been chosen for <prize>, reply with your name and card number",
        "double your money <soon>, <sum> became <sum>, <act>",
        "<hello> this is your <account> team, send us the code that you just got",
    };

    private static final String[] HAM_TEMPLATES = {
        "<hello> shall we meet <place> <soon>?",
        "<hello> I won <prize> <place>, can you believe it",
        "your <account> statement is ready, see you at the counter",
        "can you lend me <sum> until <soon>, I forgot my card",
        "I sent the parcel <soon>, the delivery was <sum>",
        "please call me when you are free, it is about <topic>",
        "the meeting about <topic> is now <place>, <soon>",
        "did you confirm the <topic>? we need your name <soon>",
        "<hello> I am waiting <place>, reply when you are near",
        "do you want <goods>? mum has too many of them",
        "happy birthday, <prize> would be too much, so here are flowers",
        "the code for the door <place> has changed, ask me for it",
        "thanks for the money, I will pay back the <sum> <soon>",
        "my <account> is a problem again, can you look at it <soon>",
        "I work from home <soon>, no time for the <topic>",
    };

    private static final String[] LATER_SPAM = {
        "we could not deliver your order, <act> to change the address",
        "your tax refund of <sum> is ready, <act>",
        "invest in <goods> <soon> and retire early",
        "somebody <place> likes you, <act> to see who",
        "<hello> mum, my phone broke, please send <sum> to this number <soon>",
        "last chance: <goods> for <sum>, only <soon>",
        "verify your <account> or lose it <soon>",
    };

    private static final String[] LATER_HAM = {
        "your order is <place>, bring the card that you paid with",
        "the tax office wants <sum>, did you get a letter, too?",
        "my phone broke <soon>, write to my <account>",
        "who likes <goods>? I have to choose a present",
        "last chance to see the film <soon>, are you coming?",
        "I lost my <account> number, can you verify it for me",
        "they will deliver <goods> <soon>, please be <place>",
    };

    private static final Phrases PHRASES = new Phrases(Map.ofEntries(
            Map.entry("hello", new String[] {"hi,", "hello,", "hey you,", "dear friend,", "good news:", "", "", "sorry,"
            }),
            Map.entry("you", new String[] {"you", "your number", "you and a friend", "one of us: you"}),
            Map.entry("prize", new String[] {
                "a free phone",
                "a prize of <sum>",
                "two tickets",
                "a holiday <place>",
                "the lottery",
                "a voucher",
                "<sum> in cash"
            }),
            Map.entry("act", new String[] {
                "call now",
                "reply <word>",
                "text <word> to 8<digit><digit><digit><digit>",
                "click the link",
                "visit win<digit><digit>.example",
                "send <sum> first",
                "call 09<digit><digit> <digit><digit><digit>",
                "do not wait"
            }),
            Map.entry("word", new String[] {"yes", "win", "free", "stop", "cash", "now"}),
            Map.entry("soon", new String[] {
                "today", "tonight", "tomorrow", "this week", "within <digit> hours", "on friday", "now", "before noon"
            }),
            Map.entry("daily", new String[] {"a day", "every week", "per hour", "each month"}),
            Map.entry("account", new String[] {
                "bank account", "account", "mail account", "credit card", "online bank", "phone contract", "mailbox"
            }),
            Map.entry("goods", new String[] {
                "watches", "pills", "phones", "designer bags", "tickets", "tomatoes", "films", "shoes", "diet pills"
            }),
            Map.entry("sum", new String[] {
                "<digit>0 pounds", "<digit>,000 pounds", "$<digit>00", "<digit><digit> euros", "a fee", "$<digit>.99"
            }),
            Map.entry("place", new String[] {
                "at the station", "in town", "in Spain", "online", "at work", "near you", "at the bank", "at home"
            }),
            Map.entry("topic", new String[] {
                "offer",
                "holiday",
                "contract",
                "loan for the house",
                "prize for the school",
                "party",
                "order",
                "tickets"
            }),
            Map.entry("digit", new String[] {"1", "2", "3", "4", "5", "6", "7", "8", "9"})));

    private MadeMessages() {}

    /**
     * Columns {@code message} and {@code kind}.
     *
     * @param isLater whether half of the messages are about matters that other tables never hold
     */
    static Table of(int rows, boolean isLater, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> texts = new ArrayList<>();
        String[] kinds = new String[rows];
        for (int row = 0; row < rows; row++) {
            boolean isSpam = random.nextDouble() < SPAM;
            boolean isNew = isLater && random.nextBoolean();
            String[] templates = isSpam ? (isNew ? LATER_SPAM : SPAM_TEMPLATES) : (isNew ? LATER_HAM : HAM_TEMPLATES);
            kinds[row] = isSpam ? "spam" : "ham";
            texts.add(disguised(PHRASES.fill(Phrases.pick(templates, random), random), random));
        }
        return Table.builder()
                .column("message", TextColumn.of(texts))
                .categorical("kind", kinds)
                .build();
    }

    /** Words in capitals, letters that are numbers, exclamation marks, words and letters left out: in both kinds. */
    private static String disguised(String text, SplittableRandom random) {
        StringBuilder typed = new StringBuilder();
        for (String word : text.strip().split(" +")) {
            int slip = random.nextInt(20);
            if (slip == 0) {
                continue;
            }
            String shown = slip == 1
                    ? word.toUpperCase(Locale.ROOT)
                    : slip == 2
                            ? word.replace('o', '0').replace('i', '1')
                            : slip == 3 && word.length() > 3 ? word.substring(0, 2) + word.substring(3) : word;
            typed.append(shown).append(' ');
        }
        return typed.toString().strip() + Phrases.pick(new String[] {"", "", "!", "!!", ".", " thanks"}, random);
    }
}
