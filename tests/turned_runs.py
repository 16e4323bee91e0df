"""Runs that turn around among right-to-left words unless they are isolated, and runs that don't."""

WORDS = {"ar": ("كلمة", "ثم"), "ckb": ("وشە", "دوای"), "fa": ("واژه", "سپس"), "he": ("מילה", "ואז")}
_TURNED = """
+963 11 555 1234|+963-11-555-1234|+963 (11) 555-1234|(011) 555 1234|00963 11 555 1234|5-star
#SaveAleppo|#Save_Aleppo_2016|#Алеппо|@whitehelmets
@user@example.org|https://example.org/a/|example.org/a/|2016@example.org|2001:db8::1|/etc/hosts
2.0-rc.1|C++|C#|.NET|LGBT+|U.S.|€ 5|-5|+5%|25 °C|-25°C|250 000|C++ and C#|#A and #B|+٩٦٣ ١١ ٥٥٥ ١٢٣٤
٢٥٠ ٠٠٠|555 1234
"""
# In some of the languages these are right, since a sign beside digits goes with them there.
_TURNED_IN_ARABIC = """
1-800-555-1234|978-3-16-148410-0|011-555-1234|$5|$5 million|25°C
٠٣-٥٥٥١٢٣٤|۰۲۱-۸۸۸۸۱۲۳۴
"""
_RIGHT = """
0115551234|2016-05-04|04/05/2016|2016-05-04 12:30|12:30|12:30-14:00|10-12|10–12|2011-2016|250,000
3.5|1.2.3|5%|5 €|24/7|192.168.0.1:8080|https://example.org/a|info@example.org|AT&T|v2.0-rc.1|F-16
COVID-19|H2O|5 km|1.5x|Aleppo (Syria)|US$ 5|C++ 17|Disney+ Hotstar|18+|call +963 11 555 1234
see https://example.org/a/ now|#2016|#حلب|#25يناير|#حلب_Aleppo|Yahoo!|١٠-١٢|+٥|٢٥٠٬٠٠٠
"""


def _list_runs(text: str) -> list[str]:
    return [run for line in text.strip().split("\n") for run in line.split("|")]


TURNED, TURNED_IN_ARABIC = _list_runs(_TURNED), _list_runs(_TURNED_IN_ARABIC)
RIGHT = _list_runs(_RIGHT)
