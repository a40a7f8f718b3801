import { expect, it } from 'vitest';
import { barriers, useBrowser } from './browser';
import { make, read, signIn } from './desk';

const open = useBrowser();
const mark = `${Date.now()}`;

it('shows what a merge of people moves, drops and keeps, does it, and takes it back', async () => {
  const body = await make('Organization', { name: `合并市${mark}` });
  const unit = await make('Organization', { name: `合并局${mark}`, parent: body });
  const [kept, gone] = [await make('Person', { name: `李合${mark}` }), await make('Person', { name: `李并${mark}`, names: [{ text: `阿并${mark}`, kind: 'ALIAS' }] })];
  const meeting = (ordinal: number) => make('Meeting', { title: `合并会议${ordinal}${mark}`, heldOn: `2024-03-0${ordinal}`, body, series: `合并${mark}`, ordinal });
  const [both, apart] = [await meeting(1), await meeting(2)];
  const sit = (person: string, where: string, position: number, label: string) =>
    make('Attendance', { meeting: where, person, organization: unit, label: `${label}${mark}`, capacity: 'ATTENDING', position });
  await sit(kept, both, 1, '李合同会');
  await sit(gone, both, 2, '李并同会');
  await sit(gone, apart, 1, '李并另会');
  await make('Membership', { person: gone, organization: unit, role: '局长' });

  const { page, troubles, close } = await open(`/admin/merge?ids=${kept},${gone}&keep=${kept}`);
  await signIn(page);
  const preview = page.getByRole('region', { name: '合并后会怎样' });
  await preview.getByText('其中 1 条到会记录').waitFor();
  const said = (await preview.textContent())!;
  expect(said).toContain('到会 2');
  expect(said).toContain('任职 1');
  expect(said).toContain(`李并${mark}`);
  expect(said).toContain(`阿并${mark}`);
  expect(said).toContain('同时到过 1 次会议');
  await preview.getByText('到会 2').click();
  await preview.getByRole('link', { name: `合并会议2${mark}` }).waitFor();
  expect(await preview.getByRole('row', { name: `名称 李合${mark} 李并${mark}` }).count()).toBe(1);
  expect(await barriers(page)).toEqual([]);

  await page.getByRole('button', { name: '合并这 2 条记录' }).click();
  await page.getByText('已合并。').waitFor();
  const now = () => read<{ id: string; attendances: { totalCount: number } }>(gone, '... on Person { id attendances { totalCount } }');
  expect(await now()).toEqual({ id: kept, attendances: { totalCount: 2 } });
  await page.getByRole('button', { name: '撤销此变更' }).click();
  await page.getByRole('button', { name: '撤销此变更' }).click();
  await page.getByText('已撤销。').waitFor();
  expect(await now()).toEqual({ id: gone, attendances: { totalCount: 2 } });
  expect((await read<{ attendances: { totalCount: number } }>(kept, '... on Person { attendances { totalCount } }')).attendances.totalCount).toBe(1);
  expect(troubles).toEqual([]);
  await close();
});

it('says before the merge what keeps two organizations from being one', async () => {
  const [kept, gone] = [await make('Organization', { name: `合局甲${mark}` }), await make('Organization', { name: `合局乙${mark}` })];
  for (const parent of [kept, gone]) await make('Organization', { name: `办公室${mark}`, parent });
  const { page, close } = await open(`/admin/merge?type=organizations&ids=${kept},${gone}&keep=${kept}`);
  await signIn(page);
  const obstacles = page.getByRole('alert').filter({ hasText: '须先合并' });
  await obstacles.getByRole('link', { name: `办公室${mark}` }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: '合并这 2 条记录' }).click();
  await page.getByText('would become the same as another').waitFor();
  await close();
});
