"""How Chinese is read, as a function of the workspace's schema: PostgreSQL knows nothing of it."""

import json
from collections.abc import Iterator

from guanxi.db.letters import letter_functions
from guanxi.kit.pinyin import LONGEST_PHRASE, readings

_PINYIN = """
create or replace function pinyin(text, initials boolean) returns text language plpgsql immutable parallel safe as $body$
declare
  letters text[] := string_to_array($1, null);
  place int := 1;
  size int;
  word text;
  said text;
  reading text;
  is_behind boolean := false;
  result text := '';
begin
  if octet_length($1) = length($1) then return $1; end if;
  while place <= cardinality(letters) loop
    word := '';
    reading := null;
    size := 1;
    for more in 1..{longest} loop
      -- Beyond the end there is nothing, and nothing is found.
      word := word || letters[place + more - 1];
      said := '{table}'::jsonb ->> word;
      if said is not null then
        reading := said;
        size := more;
      end if;
    end loop;
    if reading is null then
      result := result || letters[place];
    elsif initials then
      result := result || regexp_replace(reading, '([a-z])[a-z]*( |$)', '\\1', 'g');
    else
      result := result || case when is_behind then ' ' else '' end || reading;
    end if;
    is_behind := reading is not null;
    place := place + size;
  end loop;
  return result;
end $body$"""


def text_functions(server_version: int) -> Iterator[str]:
    """The statements that make what formulas and search need for text."""
    yield from letter_functions(server_version)
    table = json.dumps(readings(), ensure_ascii=False, separators=(",", ":"))
    yield _PINYIN.format(longest=LONGEST_PHRASE, table=table)
